# Word files taken apart, and as LibreOffice prints them.
#
# In: JSON: {"home": of LibreOffice, "folder": of "<form>.docx" files, "elements": a table, "forms": {its form: file}}. Out: what is wrong with them, a line each.
# Held: the parts are well-formed XML; the cells of a row fill the grid; heads are repeated; every printed element is a control of its own by
# its name, or stands in the text; LibreOffice's PDF holds every word.
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as tree
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def told(element):
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


def squeezed(text):
    return re.sub(r"\s", "", text)


class Document:
    def __init__(self, path):
        with zipfile.ZipFile(path) as package:
            assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in package.infolist()), f"{path}: a clock"
            parts = {name: tree.fromstring(package.read(name)) for name in package.namelist()}
        self.name, self.body = path.name, parts["word/document.xml"]
        self.text = squeezed(told(self.body))
        self.controls = [self.control(sdt) for sdt in self.body.iter(f"{W}sdt")]
        self.cells = [squeezed(told(cell)) for cell in self.body.iter(f"{W}tc")]

    def control(self, sdt):
        asked = sdt.find(f"{W}sdtPr")
        kinds = {"date": f"{W}date", "list": f"{W}dropDownList", "check": f"{W14}checkbox", "text": f"{W}text"}
        kind = next(kind for kind, tag in kinds.items() if asked.find(tag) is not None)
        options = [item.get(f"{W}displayText") for item in asked.iter(f"{W}listItem")]
        return {"name": asked.find(f"{W}alias").get(f"{W}val"), "kind": kind, "options": options}

    def faults(self):
        ids = [one.get(f"{W}val") for one in self.body.iter(f"{W}id")]
        if len(set(ids)) != len(ids):
            yield "an id stands twice"
        tags = [one.get(f"{W}val") for one in self.body.iter(f"{W}tag")]
        if any(len(tag) > 64 for tag in tags):
            yield "a tag is too long for Word"
        size, margin = self.body.find(f".//{W}pgSz"), self.body.find(f".//{W}pgMar")
        measures = [int(size.get(f"{W}{side}")) for side in "wh"]
        if sorted(measures) != [11906, 16838] or sorted(int(margin.get(f"{W}{s}")) for s in ("top", "right", "bottom", "left"))[0] < 1474:
            yield "no A4 with the margins of GB/T 9704"
        blocks = [one.tag for one in self.body.find(f"{W}body")]
        if any(pair == (f"{W}tbl", f"{W}tbl") for pair in zip(blocks, blocks[1:])):
            yield "two tables with nothing between them"
        for table in self.body.iter(f"{W}tbl"):
            widths = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
            for number, row in enumerate(table.findall(f"{W}tr")):
                spans = row.findall(f"{W}tc/{W}tcPr")
                reach = sum(int(span.get(f"{W}val")) if (span := one.find(f"{W}gridSpan")) is not None else 1 for one in spans)
                if reach != len(widths):
                    yield f"row {number}: {reach} of {len(widths)} columns"
                if sum(int(one.find(f"{W}tcW").get(f"{W}w")) for one in spans) != sum(widths):
                    yield f"row {number}: not as wide as its table"

    def has(self, kind, words, options):
        """Whether this element is printed; a control is taken once."""
        if kind in ("static", "rows"):
            wide = max(len(table.find(f"{W}tblGrid")) for table in self.body.iter(f"{W}tbl"))
            return all(word in self.text for word in words) and (not options or options == [str(wide)])
        if kind == "seal":
            return any(all(word in cell for word in words) for cell in [*self.cells, self.text[:200]]) or self.sealed(words)
        fitting = [one for one in self.controls if all(word in one["name"] for word in words)]
        if kind == "choice1":
            offered = [option for one in fitting for option in one["options"] or [one["name"].split("·")[-1]]]
            return all(option in offered for option in options)
        found = next((one for one in fitting if one["kind"] == {"date": "date", "file": "check"}.get(kind, "text")), None)
        if found is not None:
            self.controls.remove(found)
        return found is not None

    def sealed(self, words):
        """The seal stands below in the same block as the opinion."""
        block = self.text[self.text.rfind(words[0]) :]
        return all(word in block for word in words)


def main():
    asked = json.load(sys.stdin)
    folder = pathlib.Path(asked["folder"])
    files = sorted(folder.glob("*.docx"))
    documents = {path.stem: Document(path) for path in files}
    for document in documents.values():
        for fault in document.faults():
            print(f"{document.name}: {fault}")
    home = pathlib.Path(asked["home"]).absolute().as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    printed = {}
    for path in files:
        text = subprocess.run(["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True, text=True)
        printed[path.stem] = squeezed(text.stdout)
    for name, words in asked.get("words", {}).items():
        for word in words:
            if squeezed(word) not in documents[name].text or squeezed(word) not in printed[name]:
                print(f"{name}: lost: {word}")
    for line in asked["elements"].splitlines():
        form, *cells = line.split("\t")
        if line.startswith("#") or form not in asked["forms"]:
            continue
        name = asked["forms"][form]
        options = cells[2].split("、") if len(cells) > 2 else []
        for place, words in enumerate(cells[1].split(" + ")):
            kind = cells[0] if place == 0 else "seal"
            if not documents[name].has(kind, words.split(" "), options):
                print(f"{form}: not in the Word file: {' | '.join(cells)}")
            for word in words.split(" "):
                # A label in a narrow cell is printed on several lines between others: its characters are all there.
                if not all(character in printed[name] for character in word):
                    print(f"{form}: not printed: {word}")


main()
