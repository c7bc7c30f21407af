//! Values put into a case and taken out of it, by pointer.
//!
//! Always: the objects that lead to a value are made as they are needed.

use serde_json::{Value, json};

/// Puts a value at a key of a part of the case.
pub fn put_key(case: &mut Value, place: &str, key: &str, value: Value) {
    put(case, &format!("/{place}/{}", key.replace('~', "~0").replace('/', "~1")), value);
}

/// Puts a value at a pointer, with the objects that lead to it.
pub fn put(case: &mut Value, pointer: &str, value: Value) {
    let mut at = case;
    for segment in pointer.split('/').skip(1) {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        if !at.is_object() {
            *at = json!({});
        }
        at = &mut at[segment];
    }
    *at = value;
}

/// Takes away what stands at a pointer.
pub fn remove(case: &mut Value, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    if let Some(members) = case.pointer_mut(parent).and_then(Value::as_object_mut) {
        members.remove(&key.replace("~1", "/").replace("~0", "~"));
    }
}
