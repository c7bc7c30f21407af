//! Sentences of the reading page that could be read as another formula, each beside what it is made from.

use super::compile_beside;
use super::reading_page::{text, text_of};

/// The page of a track `a` with these declarations.
fn english(track: &str, beside: &str) -> String {
    text(&format!(
        "programme p \"Rooms\" {{\nactor office\nactor board \"the board\"\ntrack a \"arts project\" {{\nfact n : Count from 0 to 100\nfact m : Count from 0 to 100\nfact late : YesNo\nfact d : Date\n{track}\n}}\n{beside}\nworkflow {{ stage filing by office {{ on sent -> s }} stage s by board {{ on ended -> end }} }}\n}}\n"
    ))
}

fn chinese(track: &str, beside: &str) -> String {
    text(&format!(
        "方案 p \"评审\" {{\n主体 局\n类别 甲 {{\n信息 甲数 : 数量 自 0 至 100\n信息 乙数 : 数量 自 0 至 100\n信息 丙数 : 数量 自 0 至 100\n信息 丁 : 是否\n信息 日 : 日期\n{track}\n}}\n{beside}\n流程 {{ 环节 申报 由 局 {{ 若 报送 -> 终止 }} }}\n}}\n"
    ))
}

fn assert_said(page: &str, said: &[&str]) {
    for one in said {
        assert!(page.contains(one), "not said: {one}\n{page}");
    }
}

#[test]
fn a_formula_can_be_read_back_in_one_way() {
    let page = english(
        "let a1 = n - 3 floored at 0 capped at 5
         let a2 = larger of (n, m) - n floored at 2
         let a3 = round half up (n + 3) / 2
         let a4 = n + 3 capped at 10
         let a5 = n + (3 * (m capped at 10))
         let a6 = 2 + round down (n + m) capped at 5
         let a7 = round half up (n + m)
         let a8 = larger of (n, larger of (m, n * 2))
         let a9 = smaller of (n, 36 - m) * 2
         let a0 = if n > 3 then n + m else m",
        "",
    );
    assert_said(
        &page,
        &[
            "It is ((“n” － 3, but at least 0), but at most 5).",
            "It is ((the larger of “n” and “m”) － “n”, but at least 2).",
            "It is (“n” ＋ 3, rounded half up to a whole number) ÷ 2.",
            "It is (“n” ＋ 3, but at most 10).",
            "It is “n” ＋ 3 × (“m”, but at most 10).",
            "It is (2 ＋ (“n” ＋ “m”, rounded down to a whole number), but at most 5).",
            "It is (“n” ＋ “m”) (rounded half up to a whole number).",
            "It is the largest of “n”, “m” and (“n” × 2).",
            "It is (the smaller of “n” and (36 － “m”)) × 2.",
            "It is (“n” ＋ “m” if “n” is more than 3, otherwise “m”).",
        ],
    );
    let page = chinese(
        "计算 一 = 取低(甲数, 乙数) - 丙数 保底 0
         计算 二 = 甲数 + 乙数 封顶 40
         计算 三 = 2 + 舍去(甲数 - 30 保底 0) 封顶 5
         计算 四 = 取高(甲数, 取高(乙数, 丙数)) - 取低(甲数, 取低(乙数, 丙数))",
        "",
    );
    assert_said(
        &page,
        &[
            "等于：（（甲数和乙数中较小的） － 丙数，最低0）。",
            "等于：（甲数 ＋ 乙数，最高40）。",
            "等于：（2 ＋ （（甲数 － 30，最低0），舍去尾数取整），最高5）。",
            "等于：（甲数、乙数和丙数中最大的） － （甲数、乙数和丙数中最小的）。",
        ],
    );
}

#[test]
fn conditions_within_conditions_stand_in_brackets() {
    let page = english(
        "let b1 = n > 3 and not (m > 4 and late)
         let b2 = (if late then n > 3 else m > 4) and n > 5
         fact list : list of { what : Count, how : YesNo }
         let b3 = none(list where what > 3 and how)
         let b4 = n * 2 at least m",
        "",
    );
    assert_said(
        &page,
        &[
            "Yes where the following holds, otherwise no: “n” is more than 3, and (“m” is at most 4, or “late”: no).",
            "(if “late”: yes, then “n” is more than 3; otherwise “m” is more than 4), and “n” is more than 5.",
            "none of “list”: (“what” is more than 3, and “how”: yes).",
            "Yes where the following holds, otherwise no: “n” × 2 is at least “m”.",
        ],
    );
}

#[test]
fn whether_a_day_itself_counts_is_said() {
    let rules = "require r1 \"one\" : d after 2031-01-01
         require r2 \"two\" : not (d on or before 2031-01-01)
         require r3 \"three\" : not (d before 2031-01-01)
         require r4 \"four\" : d within 3 years before 2031-01-01";
    let page = english(rules, "");
    assert_said(
        &page,
        &[
            "“d” is on or after 2031-01-01",
            "“d” is within 3 years before 2031-01-01 (the first and the last day count)",
            "whether the first day of a span counts as within it",
        ],
    );
    assert_eq!(page.matches("“d” is after 2031-01-01 (that day not included)").count(), 2);
    let page = english(rules, "readings { after inclusive before inclusive }");
    assert_said(&page, &["“d” is after 2031-01-01 (that day included)", "whether “after a day” includes it"]);
    assert_eq!(page.matches("“d” is after 2031-01-01 (that day not included)").count(), 2);
    let page = english(rules, "readings { after exclusive before open }");
    assert_said(
        &page,
        &[
            "“d” is after 2031-01-01 (whether that day counts is open)",
            "the first day does not count, the last day may count: that is open",
        ],
    );
    let page = chinese("必须 晚 \"晚\" : 日 晚于 2031年1月1日\n必须 不早 \"不早\" : 非 (日 不晚于 2031年1月1日)", "口径 { 以后 含当日 }");
    assert_said(&page, &["日在2031年1月1日之后（含当日）", "日在2031年1月1日之后（不含当日）"]);
}

#[test]
fn a_selection_says_all_that_it_does() {
    let select = |order: &str| {
        english(
            "fact wishes : list of Text",
            &format!(
                "table places by hall {{ hall | free: Count\n \"A\" | 3 \n otherwise | 2 }}\nselect top at s from a {{ order {order} take nearest sum(n) to 9 at least 4 assign wishes within places }}"
            ),
        )
    };
    let page = select("late lowest first, then n highest first, then d lowest first, then judged by board");
    assert_said(
        &page,
        &[
            "At “s”, among applications under “arts project”: as many are taken",
            "bring the sum of “n” nearest to 9, and at least 4.",
            "Order: those first for whom “late”: no; then “n”, highest first; then “d”, earliest first; the board judges between those still level.",
            "The board judges between those level at the cut.",
            "Assignment: in the order of the list each gets the first of its “wishes” that has a free place; the table “places” says how many places there are of each.",
        ],
    );
    let page = english("", "select top at s from a { order n highest first take unknown \"the notice is silent\" }");
    assert_said(&page, &["how many are taken is not stated (the notice is silent)"]);
}

#[test]
fn quotas_say_whom_they_count_and_bind() {
    let page = english("", "quota few at filing per late, d : count(a) at most 2\nquota some at s per late : count(a) at most 2");
    assert_said(
        &page,
        &[
            "for each group with the same late and d: the number of applications under “arts project” is at most 2.",
            "If not, it is listed as a finding. No application is rejected by it.",
            "for each late the number of applications under “arts project” is at most 2.",
            "If not, the board is told; it may decide so nevertheless, with a reason.",
        ],
    );
    let page = chinese("", "名额 限额 于 申报 按 丁, 日 : 计数(甲) 不超过 2");
    assert_said(&page, &["按丁和日分组，丁和日都相同的为一组，每组甲不超过2个。"]);
}

#[test]
fn readings_have_titles_of_their_own_and_are_silent_only_where_the_notice_is() {
    let page = |cites: &str| {
        text(&format!(
            "方案 p \"评审\" {{\n时区 \"Asia/Shanghai\"\n通知 {{ 条款 一 \"逾期\" }}\n口径 {{ 截止 含当日  以前 含当日  逾期 不通过 {cites}  取整 四舍五入 {cites} }}\n主体 局 [一]\n类别 甲 [一] {{ 信息 数 : 数量 }}\n流程 {{ 环节 申报 由 局 截止 2031年1月1日 [一] {{ 若 报送 -> 终止 }} }}\n}}\n"
        ))
    };
    let cited = page("[一]");
    assert_said(&cited, &["截止日当日交的是否及时", "“某日之前”是否含当日", "四舍六入五成双"]);
    assert!(!cited.contains("通知没有写") && !cited.contains("half"), "{cited}");
    assert_said(&page(""), &["逾期怎么办（通知没有写）"]);
}

const BASE: &str = r#"方案 rules "课题管理办法" {
    通知 { 条款 第一条 "目的" 略去 "目的，无可执行内容"  条款 第二条 "限项"  条款 第三条 "配套"  条款 第四条 "年限" }
    主体 局 [第二条]
    类别 课题 [第二条] {
        信息 项数 : 数量
        信息 配套 : 是否
        信息 年限 : 数量
        必须 限项 [第二条] "不超过2项" : 项数 不超过 2
        必须 已配套 [第三条] "1：1配套" : 配套
        必须 不长 [第四条] "不超过3年" : 年限 不超过 3
    }
    流程 { 环节 申报 由 局 [第二条] { 若 报送 -> 终止 } }
}
"#;

const CALL: &str = r#"方案 p "申报通知" 沿用 rules {
    通知 { 条款 一 "调整" { (一) (二) } }
    改 必须 限项 [一(一)] "不超过1项" : 项数 不超过 1
    删 必须 已配套 [一(二)]
}
"#;

#[test]
fn what_a_followed_notice_has_lost_is_said_on_both_sides() {
    let page = text_of(&compile_beside(CALL, [("rules/programme.prog", BASE)]));
    assert_said(
        &page,
        &[
            "《课题管理办法》第一条 目的",
            "略去：目的，无可执行内容。",
            "已由一(二)删去。",
            "已由一(一)改写，以改写的为准。",
            "《课题管理办法》第三条的这一项不再适用。",
            "不超过3年",
            "已编写 2 条",
        ],
    );
    assert!(!page.contains("没有编写") && !page.contains("rules"), "{page}");
}
