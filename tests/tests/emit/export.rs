//! What a page exports is a case that the evaluator takes as it is (semantics 12).

use super::{KITCHEN, compile, files, tools};
use prog_emit::Target;
use serde_json::{Value, json};

fn export(page: &str, fill: &Value) -> String {
    tools::node("export.mjs", &json!({ "page": page, "fill": fill }).to_string())
}

#[test]
fn a_facts_page_exports_a_case() {
    let programme = compile(KITCHEN);
    let files = files(&programme, &[Target::Forms]);
    let text = export(
        &files["forms/village.facts.html"],
        &json!({
            "/id": "甲村", "/facts/people": "１，２00 ", "/attested/owned/value": "true", "/attested/owned/evidence": "证",
            "/attested/events/value": "false", "/reasons/enough_people": "  ", "/materials/照片": ["jpg", "pdf"],
        }),
    );
    let written: Value = serde_json::from_str(&text).expect(&text);
    let expected = json!({
        "programme": "kitchen", "version": programme.version, "track": "village", "id": "甲村", "facts": { "people": 1200 },
        "attested": { "owned": { "value": true, "evidence": "证" }, "events": { "value": false } },
        "materials": { "照片": [{ "format": "jpg" }, { "format": "pdf", "sealed": true }] },
    });
    assert_eq!(written, expected);
    assert!(prog_eval::read_case(&programme, &text).is_ok());
}

#[test]
fn a_form_page_exports_its_part_of_a_case() {
    let programme = compile(KITCHEN);
    let files = files(&programme, &[Target::Forms]);
    let at = |key: &str| format!("/form/application/{key}");
    let fill = [
        ("applicant", json!("甲村")),
        ("filed_on", json!("2031-03-01")),
        ("county", json!("east")),
        ("seats", json!("30")),
        ("area", json!("１２.5平方米")),
        ("readers/children", json!("3")),
        ("hours/平日/morning", json!("4")),
        ("share", json!("20.5%")),
        ("public", json!("true")),
        ("services", json!(["lending", "talks"])),
        ("head/name", json!("张")),
        ("books/1/title", json!("第二行")),
        ("books/1/copies", json!("2")),
        ("county_opinion/seal", json!(true)),
    ];
    let fill: serde_json::Map<String, Value> = fill.into_iter().map(|(key, value)| (at(key), value)).collect();
    let text = export(&files["forms/application.html"], &Value::Object(fill));
    let written: Value = serde_json::from_str(&text).expect(&text);
    let expected = json!({
        "applicant": "甲村", "filed_on": "2031-03-01", "county": "east", "seats": 30, "area": "12.5", "readers": { "children": 3 },
        "hours": { "平日": { "morning": 4 } }, "share": "20.5", "public": true, "services": ["lending", "talks"], "head": { "name": "张" },
        "books": [{ "title": "第二行", "copies": 2 }], "county_opinion": { "seal": true },
    });
    assert_eq!(written["form"]["application"], expected);
    assert!(prog_eval::read_case(&programme, &text).is_ok());
}

#[test]
fn what_is_not_a_number_is_said_and_nothing_is_exported() {
    let files = files(&compile(KITCHEN), &[Target::Forms]);
    let said = export(&files["forms/village.facts.html"], &json!({ "/facts/people": "三百" }));
    assert!(said.contains("没有导出"), "{said}");
}

#[test]
fn a_summary_exports_the_rows_of_a_package() {
    let programme = compile(KITCHEN);
    let files = files(&programme, &[Target::Forms]);
    let fill = json!({ "/package/at": "2031-03-02", "/package/summary/0/case": "a", "/package/summary/0/unit": "甲村", "/package/summary/2/unit": "乙村", "/package/summary/2/head/name": "李", "/package/summary/2/contact/name": "张" });
    let text = export(&files["forms/list.html"], &fill);
    let written: Value = serde_json::from_str(&text).expect(&text);
    let rows = json!([{ "case": "a", "unit": "甲村" }, { "unit": "乙村", "head": { "name": "李" }, "contact": { "name": "张" } }]);
    let sent = json!({ "stage": "报送", "by": "县馆", "at": "2031-03-02", "cases": ["a"], "summary": rows });
    assert_eq!(written, json!({ "package": sent }));
    assert!(prog_eval::Prepared::new(&programme).read_batch(&written.to_string()).is_ok());
}
