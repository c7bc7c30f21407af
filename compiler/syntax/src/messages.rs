//! Every message of this stage, in both languages.
//!
//! In: places and the author's words. Out: diagnostics. Always: no name of a grammar rule, the remedy in the help.

use prog_base::{Diagnostic, Edit, Fix, Span, Text, codes, text};

/// A block whose `}` is missing; `end` is where it was expected, `head` the line that opens it.
pub fn missing_brace(end: Span, head: Span, words: &str) -> Diagnostic {
    let words = shorten(words);
    Diagnostic::error(codes::UNCLOSED_BLOCK, end, text!("“{words}”的花括号没有合上", "the block of `{words}` is not closed"))
        .here(text!("这里应有 }}", "a `}}` is expected here"))
        .label(head, text!("从这里开始", "it opens here"))
        .help(text!("在这一块的末尾补上 }}", "add `}}` where the block ends"))
        .fix(text!("补上 }}", "add `}}`"), end, "\n}")
}

/// A `}` that closes nothing.
pub fn extra_brace(span: Span) -> Diagnostic {
    Diagnostic::error(codes::EXTRA_BRACE, span, text!("多了一个 }}", "this `}}` closes nothing"))
        .help(text!("删去它，或检查前面是否少了 {{", "remove it, or look for a missing `{{` before it"))
        .fix(text!("删去", "remove it"), span, "")
}

/// A text whose closing quote is not on its line.
pub fn unclosed_text(span: Span, close: &str) -> Diagnostic {
    Diagnostic::error(codes::UNCLOSED_TEXT, span, text!("引号没有合上", "this text has no closing quote"))
        .here(text!("从这个引号起，到行末仍未结束", "it starts here and its line ends first"))
        .help(text!("在文字末尾补上 {close}；一段文字只能写在一行里", "add `{close}` where the text ends; a text stays on one line"))
        .fix(text!("在行末补上引号", "close it at the end of the line"), span.after(), close)
}

/// A quoted name whose closing quote is not on its line.
pub fn unclosed_name(span: Span, open: char) -> Diagnostic {
    let close = if open == '「' { '」' } else { open };
    Diagnostic::error(codes::UNCLOSED_TEXT, span, text!("名称的引号没有合上", "this name has no closing quote"))
        .help(text!("在名称末尾补上 {close}", "add `{close}` where the name ends"))
}

/// Brackets nested too deep.
pub fn too_deep(span: Span, outer: Span, most: usize) -> Diagnostic {
    Diagnostic::error(codes::NESTED_TOO_DEEP, span, text!("括号嵌套超过 {most} 层", "brackets are nested more than {most} deep"))
        .label(outer, text!("从这里数起", "counted from here"))
        .help(text!("用“计算”给其中一部分起名，再引用这个名字", "give a part a name with `let` and use the name"))
}

/// A character that cannot be seen.
pub fn hidden_character(span: Span, c: char) -> Diagnostic {
    let code = u32::from(c);
    Diagnostic::error(
        codes::HIDDEN_CHARACTER,
        span,
        text!("这里有一个看不见的字符 U+{code:04X}", "there is an invisible character here, U+{code:04X}"),
    )
    .help(text!("删去它；名称中的字符都必须看得见", "remove it; every character of a name must be visible"))
    .fix(text!("删去", "remove it"), span, "")
}

/// The author's words, not more than fit a line.
pub fn shorten(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= 32 { words } else { words.chars().take(31).chain(['…']).collect() }
}

/// A right-to-left letter in a name.
pub fn right_to_left(span: Span, c: char) -> Diagnostic {
    Diagnostic::error(
        codes::HIDDEN_CHARACTER,
        span,
        text!("名称里有从右向左书写的字符“{c}”", "this name has a right-to-left character `{c}`"),
    )
    .help(text!(
        "换用从左向右书写的名称，把原名写在引号里作标题",
        "choose a left-to-right name and put the original in quotes as its label"
    ))
}

/// A backslash before a character that needs none.
pub fn unknown_escape(span: Span, c: char) -> Diagnostic {
    Diagnostic::error(codes::UNKNOWN_ESCAPE, span, text!("“\\{c}”没有特别的意思", "`\\{c}` has no special meaning"))
        .help(text!(
            "反斜线只用在 \\\"、\\\\ 和 \\n 里；要写反斜线本身，写成 \\\\",
            "a backslash stands only in `\\\"`, `\\\\` and `\\n`; for a backslash itself write `\\\\`"
        ))
        .fix(text!("改为 \\\\", "write `\\\\`"), span, format!("\\\\{c}"))
}

/// Something said twice.
pub fn said_twice(span: Span) -> Diagnostic {
    Diagnostic::error(codes::SAID_TWICE, span, text!("这一项说了两次", "this is said twice in one declaration"))
        .here(text!("前面已经写过一次", "it was already said before"))
        .help(text!("只留一处", "keep one of the two"))
        .fix(text!("删去第二处", "remove the second"), span, "")
}

/// A number that does not fit.
pub fn number_too_big(span: Span, most: u64) -> Diagnostic {
    Diagnostic::error(
        codes::WRONG_NUMBER,
        span,
        text!("数字太大，这里最多写 {most}", "this number is too big; at most {most} can stand here"),
    )
}

/// A number with a stray underscore.
pub fn wrong_number(span: Span) -> Diagnostic {
    Diagnostic::error(codes::WRONG_NUMBER, span, text!("这不是一个数字的写法", "this is not how a number is written"))
        .help(text!("分节的下划线只能在两个数字之间，如 10_000", "an underscore stands only between two digits, as in `10_000`"))
}

/// No such day in the calendar.
pub fn no_such_day(span: Span, year: i64, month: i64, day: i64) -> Diagnostic {
    Diagnostic::error(codes::WRONG_DATE, span, text!("没有 {year}年{month}月{day}日 这一天", "there is no day {year}-{month:02}-{day:02}"))
        .help(text!("核对通知原文里的月和日", "check month and day against the notice"))
}

/// A date in another shape.
pub fn date_shape(span: Span, year: i64, month: i64, day: i64) -> Diagnostic {
    let written = format!("{year:04}-{month:02}-{day:02}");
    Diagnostic::error(codes::WRONG_DATE, span, text!("日期不这样写", "a date is not written like this"))
        .help(text!("写成 {written} 或 {year}年{month}月{day}日", "write `{written}` or `{year}年{month}月{day}日`"))
        .fix(text!("改为 {written}", "write `{written}`"), span, written)
}

/// No such time of day.
pub fn wrong_time(span: Span) -> Diagnostic {
    Diagnostic::error(codes::WRONG_DATE, span, text!("没有这个钟点", "there is no such time of day")).help(text!(
        "写成 00:00 到 24:00 之间的时和分，要写秒就写 23:59:59",
        "write hours and minutes from `00:00` to `24:00`, with seconds as in `23:59:59`"
    ))
}

/// `and` and `or` in one row; each of `mixed` gets brackets.
pub fn mixed_and_or(and: Span, or: Span, mixed: &[Span]) -> Diagnostic {
    let mut edits = Vec::new();
    for span in mixed {
        edits.push(Edit { span: Span { end: span.start, ..*span }, text: "(".to_owned() });
        edits.push(Edit { span: span.after(), text: ")".to_owned() });
    }
    let mut diagnostic = Diagnostic::error(
        codes::MIXED_AND_OR,
        or,
        text!("“且”和“或”混用，要用括号分清", "`and` and `or` are mixed; brackets must say what belongs together"),
    )
    .label(and, text!("这里是“且”", "`and` stands here"))
    .help(text!("先“且”后“或”时，给“且”连起来的部分加括号", "put brackets around what `and` joins, if that is what is meant"));
    diagnostic.fix = Some(Fix { title: text!("给“且”的部分加括号", "bracket what `and` joins"), edits });
    diagnostic
}

/// `==`.
pub fn double_equal(span: Span) -> Diagnostic {
    Diagnostic::error(codes::FOREIGN_SIGN, span, text!("等于只写一个“=”", "equality is one `=`")).help(text!("改为 =", "write `=`")).fix(
        text!("改为 =", "write `=`"),
        span,
        "=",
    )
}

/// A row of operations that is too long.
pub fn too_long(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error(codes::NESTED_TOO_DEEP, span, text!("连续超过 {most} 步，太长了", "more than {most} steps in a row are too many"))
        .help(text!("用“计算”给其中一部分起名，再引用这个名字", "give a part a name with `let` and use the name"))
}

/// `Decimal` without digits.
pub fn decimal_digits(span: Span) -> Diagnostic {
    Diagnostic::error(codes::INCOMPLETE, span, text!("小数要写明几位", "a decimal says how many digits it has"))
        .help(text!("写成 小数(2)", "write `Decimal(2)`"))
        .fix(text!("两位小数", "two digits"), span.after(), "(2)")
}

/// `at most 80 chars` where nothing is Chinese.
pub fn words_not_characters(span: Span) -> Diagnostic {
    Diagnostic::note(
        codes::CHARS_ARE_WORDS,
        span,
        text!("这里按字数计：一串西文字母算一个字", "this counts words: a run of Latin letters is one, as offices in China count"),
    )
    .help(text!(
        "按字数计写 字；每个字母、空格都计，写 字符",
        "write `words` if words are meant, `characters` if every letter and blank counts"
    ))
    .fix(text!("每个字符都计", "every character counts"), span, "characters")
}

/// `unit X = 10_000` of nothing.
pub fn unit_of_what(span: Span) -> Diagnostic {
    Diagnostic::error(codes::INCOMPLETE, span, text!("没有写明是哪个单位的倍数", "this does not say a multiple of which unit"))
        .help(text!("在数字后写上单位，如 10_000 元", "name the unit after the number, as in `10_000 元`"))
}

/// `由 X` without `评定`.
pub fn judged_without_end(name: Span) -> Diagnostic {
    Diagnostic::error(codes::INCOMPLETE, name.after(), text!("这里缺少“评定”", "`评定` is missing here"))
        .help(text!("写成 由 专家组 评定", "write `由 专家组 评定`"))
        .fix(text!("补上“评定”", "add `评定`"), name.after(), " 评定")
}

/// An opinion where only fields stand.
pub fn opinion_outside_form(span: Span) -> Diagnostic {
    Diagnostic::error(codes::WRONG_PLACE, span, text!("意见栏只能写在表单里", "an opinion stands only in a form"))
        .help(text!("移到表单的某一部分里", "move it into a part of a form"))
}

/// An open bracket that nothing closes.
pub fn unclosed_bracket(span: Span, sign: char) -> Diagnostic {
    let close = match sign {
        '（' => '）',
        '[' => ']',
        '［' => '］',
        '【' => '】',
        _ => ')',
    };
    Diagnostic::error(codes::UNCLOSED_BRACKET, span, text!("括号“{sign}”没有合上", "this `{sign}` is not closed"))
        .here(text!("从这里开始", "it opens here"))
        .help(text!("在它括住的内容后面补上 {close}", "add `{close}` after what it holds"))
}

/// A closing bracket that closes nothing.
pub fn extra_bracket(span: Span, sign: char) -> Diagnostic {
    Diagnostic::error(codes::UNCLOSED_BRACKET, span, text!("多了一个“{sign}”", "this `{sign}` closes nothing"))
        .help(text!("删去它，或在前面补上左括号", "remove it, or add the opening bracket before it"))
        .fix(text!("删去", "remove it"), span, "")
}

/// A declaration in a block where it has no place.
pub fn wrong_place(span: Span, word: &str, home: &Text, outside: bool) -> Diagnostic {
    let Text { zh, en } = home;
    let here = if outside {
        text!("这里在方案之外", "this is outside a programme")
    } else {
        text!("这里不能写", "it cannot stand here")
    };
    Diagnostic::error(codes::WRONG_PLACE, span, text!("“{word}”要写在{zh}里", "`{word}` stands in a {en}"))
        .here(here)
        .help(text!("移到{zh}里，或检查前面的花括号是否少了或多了", "move it into a {en}, or look for a missing or extra brace before it"))
}

/// A keyword and a name written together.
pub fn missing_space(span: Span, keyword: &str, name: &str) -> Diagnostic {
    Diagnostic::error(
        codes::MISSING_SPACE,
        span,
        text!("“{keyword}”和“{name}”之间缺少空格", "a space is missing between `{keyword}` and `{name}`"),
    )
    .help(text!("写成“{keyword} {name}”", "write `{keyword} {name}`"))
    .fix(text!("加上空格", "add the space"), span, format!("{keyword} {name}"))
}

/// A misspelt keyword.
pub fn misspelt(span: Span, word: &str, near: &[&str]) -> Diagnostic {
    let word = shorten(word);
    let zh = near.iter().map(|n| format!("“{n}”")).collect::<Vec<_>>().join("或");
    let en = near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ");
    let diagnostic = Diagnostic::error(codes::MISSPELT, span, text!("没有“{word}”这个写法", "`{word}` is not a word of the language here"))
        .help(text!("是不是{zh}？", "did you mean {en}?"));
    match near {
        [one] => diagnostic.fix(text!("改为“{one}”", "write `{one}`"), span, *one),
        _ => diagnostic,
    }
}

/// Words of offices that the language spells otherwise.
pub fn idiom(span: Span, written: &str, instead: &str) -> Diagnostic {
    let written = shorten(written);
    Diagnostic::error(codes::MISSPELT, span, text!("“{written}”不是这里的写法", "`{written}` is not how this is written"))
        .help(text!("写成：{instead}", "write: {instead}"))
        .fix(text!("改为“{instead}”", "write `{instead}`"), span, instead)
}

/// A keyword where a name is needed.
pub fn keyword_as_name(span: Span, word: &str) -> Diagnostic {
    Diagnostic::error(
        codes::KEYWORD_AS_NAME,
        span,
        text!("这里应为名称或数值，“{word}”却是关键字", "a name or value is expected here, but `{word}` is a keyword"),
    )
    .help(text!("如果它就是名称，写成 `{word}` 或「{word}」", "if it is a name, quote it: `` `{word}` ``"))
    .fix(text!("加上反引号", "quote it"), span, format!("`{word}`"))
}

/// A name that starts with a digit.
pub fn digit_as_name(span: Span, word: &str) -> Diagnostic {
    Diagnostic::error(codes::KEYWORD_AS_NAME, span, text!("名称“{word}”以数字开头", "the name `{word}` starts with a digit"))
        .help(text!("以数字开头的名称要写成 `{word}` 或「{word}」", "quote such a name: `` `{word}` ``"))
        .fix(text!("加上反引号", "quote it"), span, format!("`{word}`"))
}

/// A sign that is missing before what stands there; `comma`: a comma would do as well.
pub fn missing_sign(span: Span, sign: &str, found: &str, comma: bool) -> Diagnostic {
    let found = shorten(found);
    let before = Span { end: span.start, ..span };
    let diagnostic = if comma {
        Diagnostic::error(
            codes::INCOMPLETE,
            span,
            text!("“{found}”前面缺少逗号或 {sign}", "a comma or `{sign}` is missing before `{found}`"),
        )
    } else {
        Diagnostic::error(codes::INCOMPLETE, span, text!("“{found}”前面缺少 {sign}", "`{sign}` is missing before `{found}`")).fix(
            text!("补上 {sign}", "add `{sign}`"),
            before,
            format!("{sign} "),
        )
    };
    let diagnostic = diagnostic.here(text!("这里应先有 {sign}", "`{sign}` is expected before this"));
    match sign {
        ":" => diagnostic.help(text!("名称、引用和标题之后写冒号，再写内容", "after name, citation and label comes `:`, then the content")),
        "->" => diagnostic
            .help(text!("用 -> 写明接着到哪个环节，如 若 同意 -> 公示", "say with `->` where it leads, as in `on agreed -> publicity`")),
        "|" => diagnostic.help(text!("表格各格之间用 | 隔开，一行一行写", "cells of a table are separated by `|`, one row a line")),
        _ => diagnostic,
    }
}

/// A number with commas between its thousands.
pub fn thousands(span: Span, number: &str) -> Diagnostic {
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    let grouped = number.replace([',', '，'], "_");
    Diagnostic::error(codes::WRONG_NUMBER, span, text!("数字里不能用逗号分节", "a number has no commas"))
        .help(text!("写成 {plain} 或 {grouped}", "write `{plain}` or `{grouped}`"))
        .fix(text!("改为 {grouped}", "write `{grouped}`"), span, grouped)
}

/// A declaration that ends before it is complete.
pub fn ends_early(span: Span, expected: &[Text]) -> Diagnostic {
    let Text { zh, en } = either(expected);
    Diagnostic::error(codes::INCOMPLETE, span, text!("这一行没有写完", "this line ends before it is complete"))
        .here(text!("这里应为{zh}", "expected {en}"))
        .help(text!(
            "写在同一行，或让下一行以冒号、运算符或修饰词开头",
            "write on in the same line, or start the next line with `:`, an operator or a modifier"
        ))
}

/// Words after a declaration that is complete; `more` could still follow it.
pub fn left_over(span: Span, found: &str, more: &[Text]) -> Diagnostic {
    let found = shorten(found);
    let diagnostic = Diagnostic::error(
        codes::NOT_UNDERSTOOD,
        span,
        text!("“{found}”接不上前面的内容", "`{found}` does not go on with what stands before it"),
    );
    let help =
        text!("下一项另起一行；两个条件之间写“且”或“或”", "start a new line for what comes next; join two conditions with `and` or `or`");
    if more.is_empty() {
        return diagnostic.help(help);
    }
    let Text { zh, en } = either(more);
    diagnostic.here(text!("这里还可以写{zh}", "{en} could follow here")).help(help)
}

/// Something else than what was expected.
pub fn unexpected(span: Span, found: &str, expected: &[Text]) -> Diagnostic {
    let found = shorten(found);
    let diagnostic = Diagnostic::error(codes::NOT_UNDERSTOOD, span, text!("看不懂这里的“{found}”", "`{found}` is not understood here"));
    if expected.is_empty() {
        return diagnostic;
    }
    let Text { zh, en } = either(expected);
    let diagnostic = diagnostic.here(text!("这里应为{zh}", "expected {en}"));
    // `{ n: 1 m: 2 }`: the second name was read as the unit of the first number, or as what goes on there.
    let entry = found.starts_with([':', '：']) && expected.iter().any(|one| one.en == "`}`");
    match entry {
        true => diagnostic.help(text!(
            "同一行的两项之间要有逗号：{{ 甲: 1，乙: 2 }}",
            "two entries on one line are parted by a comma: `{{ a: 1, b: 2 }}`"
        )),
        false => diagnostic,
    }
}

fn either(words: &[Text]) -> Text {
    let Some((last, before)) = words.split_last() else { return text!("别的内容", "something else") };
    if before.is_empty() {
        return last.clone();
    }
    let zh = before.iter().map(|t| t.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = before.iter().map(|t| t.en.as_str()).collect::<Vec<_>>().join(", ");
    Text { zh: format!("{zh}或{}", last.zh), en: format!("{en} or {}", last.en) }
}
