//! The report form of 2019: all its 77 printed elements are there, each where it is printed.

use super::compile;
use prog_model::{Block, FieldKind, InputId, Programme};

#[derive(Default)]
struct Elements {
    list: Vec<String>,
}

impl Elements {
    fn blocks(&mut self, p: &Programme, blocks: &[Block], within: &str) {
        for block in blocks {
            match block {
                Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => self.blocks(p, inner, within),
                Block::Part(part) => self.blocks(p, &part.blocks, &part.ident.label.text),
                Block::Grid(grid) => {
                    let group = &grid.ident.label.text;
                    for cell in grid.cells.iter().chain(&grid.total) {
                        self.list.push(format!("{within}/{group}·{}", p.input(*cell).ident.label.text));
                    }
                }
                Block::Field(id) => self.field(p, *id, within),
                Block::Opinion(o) => {
                    let label = &o.ident.label.text;
                    self.list.push(format!("{within}/{label}"));
                    let marks = [o.signature.is_some(), o.date.is_some(), o.seal.is_some()];
                    for (mark, name) in marks.into_iter().zip(["签字", "日期", "公章"]) {
                        if mark {
                            self.list.push(format!("{within}/{label}·{name}"));
                        }
                    }
                }
                Block::Note(words) => self.list.push(format!("{within}/{}", words.text)),
            }
        }
    }

    fn field(&mut self, p: &Programme, id: InputId, within: &str) {
        let input = p.input(id);
        let label = &input.ident.label.text;
        match &input.field.kind {
            FieldKind::Record(record) => {
                for field in &p.records[record.index()].fields {
                    self.list.push(format!("{within}/{label}·{}", field.ident.label.text));
                }
            }
            _plain => self.list.push(format!("{within}/{label}")),
        }
    }
}

#[test]
fn all_elements_of_the_printed_form() {
    let (programme, said) = compile("programmes/moe-2019", &[]);
    assert_eq!(said, Vec::<String>::new());
    let programme = programme.expect("a model");
    let mut elements = Elements::default();
    elements.blocks(&programme, &programme.forms[0].layout, "封面");
    assert_eq!(elements.list.len(), 77, "{:#?}", elements.list);
    for printed in [
        "封面/填报时间",
        "一、申报区域基本信息/人均 GDP",
        "一、申报区域基本信息/学校数量·共计",
        "一、申报区域基本信息/在校生数量·小学教育",
        "一、申报区域基本信息/教职工数量·中职教育",
        "一、申报区域基本信息/参与“一师一优课，一课一名师”活动教师比例",
        "二、负责人和联系人基本情况/联系人·邮政编码",
        "十、其它需说明的事项/相关证明材料复印件",
        "十一、申报、推荐及审核意见/申报单位意见·签字",
        "十一、申报、推荐及审核意见/省级教育行政部门推荐意见·公章",
    ] {
        assert!(elements.list.iter().any(|e| e == printed), "{printed} in {:#?}", elements.list);
    }
}
