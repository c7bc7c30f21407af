//! Chapters to examples: fenced blocks with what is expected of them.

/// One ```` ```prog ```` block with what follows it.
pub struct Example {
    /// The line of its fence in the chapter.
    pub line: usize,
    /// Its code.
    pub code: String,
    /// Files beside it: ```` ```text counties.csv ````.
    pub files: Vec<(String, String)>,
    /// Cases and what their reports must hold.
    pub reports: Vec<Pair>,
}

/// A case and its expected report.
pub struct Pair {
    pub case: Block,
    pub report: Block,
}

/// A fenced block.
#[derive(Clone)]
pub struct Block {
    pub line: usize,
    pub text: String,
    /// `at=市级报送` in the info string.
    pub options: Vec<(String, String)>,
}

/// All examples of a chapter.
pub fn examples(chapter: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut case: Option<Block> = None;
    for (info, block) in fences(chapter) {
        let words: Vec<&str> = info.split_whitespace().collect();
        match (words.as_slice(), found.last_mut()) {
            (["prog", ..], _) => {
                found.push(Example { line: block.line, code: block.text, files: Vec::new(), reports: Vec::new() });
            }
            (["text", name], Some(last)) => last.files.push(((*name).to_owned(), block.text)),
            (["json", "case", ..], Some(_)) => case = Some(block),
            (["json", "report", ..], Some(last)) => {
                let case = case.clone().expect("a report stands after a case");
                last.reports.push(Pair { case, report: block });
            }
            _ => {}
        }
    }
    found
}

fn fences(chapter: &str) -> Vec<(String, Block)> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize, Vec<&str>)> = None;
    for (index, line) in chapter.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.trim().to_owned(), index + 1, Vec::new())),
            (Some((_, _, lines)), None) => lines.push(line),
            (Some(_), Some(_)) => {
                let Some((info, line, lines)) = open.take() else { continue };
                let pairs = info.split_whitespace().filter_map(|w| w.split_once('='));
                let options = pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
                found.push((info, Block { line, text: lines.join("\n"), options }));
            }
            (None, None) => {}
        }
    }
    found
}

/// The expectations at a line's end: `error P0107: 五(一)`, each with its severity.
pub fn expectations(line: &str) -> Vec<String> {
    let Some((_, comment)) = line.rsplit_once("// ") else { return Vec::new() };
    let parts: Vec<&str> = comment.split("; ").map(str::trim).collect();
    let is_one = |p: &&str| ["error P", "warning P", "note P"].iter().any(|s| p.starts_with(s));
    if parts.iter().all(is_one) { parts.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}
