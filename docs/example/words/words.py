"""Every rule's message and clauses as lines of tab-separated text, a file a track."""

import json
import sys
from pathlib import Path

programme = json.load(sys.stdin)
for track in programme["tracks"]:
    lines = []
    for rule in track["rules"]:
        clauses = " ".join(cite["clause"] for cite in rule["cites"])
        lines.append(f"{rule['key']}\t{clauses}\t{rule['label']}\n")
    Path(f"{track['key']}.tsv").write_text("".join(lines), encoding="utf-8")
