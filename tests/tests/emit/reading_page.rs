//! The reading page: plain sentences, every clause on it, nothing that looks like code.

use super::{compile, files};
use prog_emit::Target;
use prog_model::Programme;

/// The text of the page of a programme, a line a paragraph, row or entry.
pub fn text(source: &str) -> String {
    text_of(&compile(source))
}

/// The text of a programme's page.
pub fn text_of(programme: &Programme) -> String {
    let mut files = files(programme, &[Target::Docs]);
    let page = files.remove("docs/index.html").expect("the page").replace(&programme.version, "VERSION");
    lines(&page)
}

pub fn lines(page: &str) -> String {
    let mut body = page.split_once("<main>").expect("a main").1.to_owned();
    // Drawings are looked at elsewhere.
    while let Some((before, drawing)) = body.split_once("<svg") {
        body = format!("{before}{}", drawing.split_once("</svg>").expect("its end").1);
    }
    let mut text = String::new();
    let mut rest = body.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before.trim_matches('\n'));
        let (tag, after) = tag.split_once('>').expect("a tag's end");
        match tag {
            "/p" | "/li" | "/tr" | "/caption" | "/h1" | "/h2" | "/h3" | "/h4" => text.push('\n'),
            "/td" | "/th" => text.push_str(" | "),
            _other => {}
        }
        rest = after;
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}

const CHINESE: &str = r#"programme p "乡镇阅览室评定" {
    issuer "省文化厅" [一: "省文化厅"]
    number unknown "通知上没有文号"
    timezone "Asia/Shanghai"
    notice {
        clause 一 "总则"
        clause 二 "条件" { (一) (二) (三) }
        clause 三 "程序"
        clause 四 "附则" left out "没有可执行的内容"
        annex 1 "申请表" absent in source
    }
    readings { about within 10% }
    unit 万元 : money
    enum 地区 { 东部, 西部, 北部 }
    actor 乡镇 [三]
    actor 县局 "县文化局" [三] per 地区
    table 上限 [三] by 地区 { 地区 | 个数: Count
        东部 | 5
        otherwise | 2 }
    material 照片 [二(一)] by 乡镇 optional at 填报
    track 阅览室 [二] {
        fact 地区 : 地区
        fact 面积 : Count from 0 to 5000
        fact 经费 : Money in 万元
        fact 是否老区 : YesNo
        fact 自办 : YesNo optional
        require 够大 [二(一): "面积不少于"] "面积不少于80，老区不少于60"
            : 面积 at least 80 or (是否老区 and 面积 at least 60)
        in principle 有经费 [二(二)] "每年经费不低于2万元"
            unless 自办 otherwise no
            : 经费 at least 2 万元
        prefer 气氛 [二(三)] "气氛好" : judged by 县局 on 照片
    }
    quota 名额 [三: "不超过5个"] at 报送 per 地区 : count(阅览室) at most 上限[地区].个数
    quota 总量 [三: "10个左右"] at 公布 : count(阅览室 where 是否老区) about 10
    workflow {
        stage 填报 by 乡镇 [三] { on 提交 -> 报送 }
        stage 报送 by 县局 due 2030-05-31 [三: "5月31日前"] { on 报送 -> 公布 }
        stage 公布 by 县局 [三] { public notice at least 5 days
            on 公布 -> end 入选 }
    }
    form 申请表 [annex 1] absent in source
}
"#;

#[test]
fn a_reading_page() {
    insta::assert_snapshot!(text(CHINESE));
}

const ENGLISH: &str = r#"programme p "Reading rooms of 2030" {
    issuer "Ministry"
    number unknown "none is printed"
    timezone "Asia/Shanghai"
    notice { clause 1 "Rooms"  clause 2 "Targets" }
    actor ministry [2]
    unit room : count
    track hall "Reading hall" [1] {
        fact seats "Seats" : Count
        fact staff "Staff" : Count optional
        require big [1: "fifty seats"] "fifty seats, or forty with staff" when staff is given : seats at least 50 or (seats at least 40 and staff at least 2)
        note many [1] "about a hundred" : seats about 100
    }
    targets plan "Plan" [2] reported by ministry {
        rooms "Open rooms" : Count in room
            by 2030 at least 100 room
            by 2032 between 150 room and 200 room
        share "Rooms with staff" [2] : Percent from 0 to 100
            by 2032 at least 100%
    }
    duty ministry report [2] "reports once a year"
}
"#;

#[test]
fn a_reading_page_in_english() {
    insta::assert_snapshot!(text(ENGLISH));
}
