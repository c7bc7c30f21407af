//! The last resort: an internal fault is admitted, a report is asked for, and the exit code is 101.

use std::io::Write;
use std::panic::PanicHookInfo;

/// The exit code of an internal fault.
pub const EXIT: u8 = 101;

/// Replaces the default words of a panic.
pub fn install_hook() {
    std::panic::set_hook(Box::new(|info| {
        let _ = std::io::stderr().lock().write_all(words(info).as_bytes());
    }));
}

fn words(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let said = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("?");
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "prog：程序内部出错，不是您的文件有错；没有写出任何结果。请把下面一行和所用的文件一起报告给我们。\n\
         prog: an internal fault, not a fault of your files; nothing was written. Please report the line below with the files used.\n\
         prog {version} · {place} · {said}\n"
    )
}
