//! `prog preview [PATH]`: the programmes' pages in a browser, rebuilt on save.
//!
//! In: a path, the files below it as they change. Out: pages on a loopback address, until the process is ended. Always: nothing is written to
//! the disk and nothing leaves the machine; what does not compile is said in the page, and the page comes back when it is mended.

mod page;
mod serve;
mod site;

use crate::disk::Disk;
use crate::shell::{FAILED, OK, Shell};
use crate::watch::Watched;
use clap::Args;
use prog_base::text;
use serve::{Shared, serve};
use site::Site;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(300);

/// Show the programmes' pages in a browser, rebuilt on save
#[derive(Debug, Args)]
pub struct PreviewArgs {
    /// A .prog file, a programme's folder or a folder of programmes
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,
    /// The port; without it, a free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// A folder of notices, as for `check`
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
}

/// Serves until it is ended.
pub fn run(args: &PreviewArgs, shell: &Shell) -> u8 {
    let server = match tiny_http::Server::http(("127.0.0.1", args.port)) {
        Ok(server) => server,
        Err(fault) => {
            let port = args.port;
            let said = text!("端口 {port} 用不了：{fault}", "port {port} can't be used: {fault}");
            shell.complain(&format!("prog: {}\n", said.get(shell.lang)));
            return FAILED;
        }
    };
    let Some(port) = server.server_addr().to_ip().map(|address| address.port()) else { return FAILED };
    let mut watched = Watched::new(Disk);
    let shared = Arc::new(Shared::new(port, shell.lang, Site::build(&watched, &args.path, args.texts.as_deref())));
    let mut seen = watched.state();
    let said = text!("打开 http://127.0.0.1:{port}/ （按 Ctrl+C 结束）", "open http://127.0.0.1:{port}/ (Ctrl+C ends)");
    if shell.print(&format!("{}\n", said.get(shell.lang))) != OK {
        return FAILED;
    }
    let serving = Arc::clone(&shared);
    std::thread::spawn(move || serve(&server, &serving));
    loop {
        std::thread::sleep(EVERY);
        let now = watched.state();
        if now == seen {
            continue;
        }
        watched = Watched::new(Disk);
        // A file that changes while it is read is seen to have changed at the next look.
        let site = Site::build(&watched, &args.path, args.texts.as_deref());
        seen = watched.state();
        shared.replace(site);
    }
}
