//! How many full reports a second: a track of twelve fields and ten rules, evaluated and printed.
//!
//! Build it with `cargo build --release -p prog-eval --example speed` and run it under `time`: the aim is one second on one core.

use prog_base::{Source, SourceMap};
use prog_eval::{Options, Prepared};

/// How many reports are made.
const COUNT: usize = 200_000;

const PROGRAMME: &str = r#"programme speed "速度" {
    timezone "Asia/Shanghai"
    notice { clause 一 "条件" { 1 2 3 4 5 } }
    enum 类型 { 小学, 初中, 高中 }
    actor 专家组
    track 学校 [一1] {
        fact 类型 : 类型
        fact 学生 : Count
        fact 教师 : Count
        fact 公办 : YesNo
        fact 经费 : Decimal(2) from 0 to 10000
        fact 面积 : Decimal(1) from 0 to 100000
        fact 成立 : Date
        fact 名称 : Text
        fact 城区 : YesNo
        fact 班级 : Count
        fact 电脑 : Count
        fact 简介 : Text
        require 学生数 [一1] "学生不少于一百人" : 学生 at least 100
        require 师生比 [一2] "每位教师不超过二十名学生" : 学生 at most 20 * 教师
        require 公办校 [一3] "公办或有经费" : 公办 or 经费 at least 50
        require 历史 [一4] "成立早于2015年" : 成立 on or before 2015-12-31
        complete 有名称 [一5] "写明名称" : 名称 is given
        in principle 面积够 [一1] "生均面积" : 面积 at least 10 * 学生
        require 电脑数 [一2] "每班一台" when 类型 != 小学 : 电脑 at least 班级
        prefer 农村 [一3] "农村学校优先" : not 城区
        note 班额 [一4] "班额" : 学生 at most 50 * 班级
        require 评审 [一5] "专家认可" : judged by 专家组
    }
}
"#;

const CASE: &str = r#"{"programme":"speed","track":"学校","id":"A1","facts":{"类型":"初中","学生":300,"教师":20,"公办":true,
"经费":"120.50","面积":"4000.0","成立":"2001-09-01","名称":"第一中学","城区":false,"班级":8,"电脑":10,"简介":"一所学校"}}"#;

fn main() {
    let mut sources = SourceMap::default();
    let id = sources.add(Source::new("speed.prog", PROGRAMME));
    let parse = prog_syntax::parse(id, PROGRAMME);
    let files = vec![(id, &parse.ast)];
    let inputs = prog_model::Inputs {
        files,
        bases: Vec::new(),
        modules: Vec::new(),
        sources: &sources,
        notice: None,
        data: &|_| None,
        library: &|_| None,
    };
    let found = prog_model::analyse(&inputs);
    let Some(programme) = found.programme.filter(|_| found.diagnostics.iter().all(|d| d.severity != prog_base::Severity::Error)) else {
        return eprintln!("{:?}", found.diagnostics);
    };
    let prepared = Prepared::new(&programme);
    let case = match prepared.read_case(CASE) {
        Ok(case) => case,
        Err(refusal) => return eprintln!("{refusal:?}"),
    };
    let options = Options::default();
    println!("{}", prepared.evaluate(&case, &options).to_json(options.lang));
    let bytes: usize = (0..COUNT).map(|_| prepared.evaluate(&case, &options).to_json(options.lang).len()).sum();
    println!("{COUNT} reports, {bytes} bytes");
}
