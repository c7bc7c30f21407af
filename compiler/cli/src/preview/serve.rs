//! The server: built files and the frame around them, to this machine only.
//!
//! In: requests on a loopback address. Out: files of the [`Site`], the list of them, diagnostics. Always: a request under a foreign name is
//! refused (another site's name may be made to point here); only built files are served, by exact name; nothing is read from the disk.

use super::page;
use super::site::Site;
use prog_base::Lang;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tiny_http::{Header, Method, Request, Response, Server};

/// How long a page waits for a change before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Requests at a time.
const MOST: usize = 64;

/// What the server and the builder share.
pub struct Shared {
    port: u16,
    lang: Lang,
    site: Mutex<(u64, Arc<Site>)>,
    changed: Condvar,
    busy: AtomicUsize,
}

impl Shared {
    /// With the first site.
    pub fn new(port: u16, lang: Lang, site: Site) -> Self {
        Self { port, lang, site: Mutex::new((1, Arc::new(site))), changed: Condvar::new(), busy: AtomicUsize::new(0) }
    }

    /// Puts another site in the place of the one that is served, and tells every page that waits.
    pub fn replace(&self, site: Site) {
        let mut held = self.held();
        *held = (held.0 + 1, Arc::new(site));
        drop(held);
        self.changed.notify_all();
    }

    fn held(&self) -> MutexGuard<'_, (u64, Arc<Site>)> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the site once it is another than this, or after a while.
    fn after(&self, number: u64) -> u64 {
        let waits = |held: &mut (u64, Arc<Site>)| held.0 == number;
        let waited = self.changed.wait_timeout_while(self.held(), PATIENCE, waits);
        waited.unwrap_or_else(PoisonError::into_inner).0.0
    }
}

/// Answers requests, each in a thread of its own.
pub fn serve(server: &Server, shared: &Arc<Shared>) {
    while let Ok(request) = server.recv() {
        let shared = Arc::clone(shared);
        if shared.busy.fetch_add(1, Ordering::SeqCst) >= MOST {
            shared.busy.fetch_sub(1, Ordering::SeqCst);
            let _ = request.respond(Response::empty(503));
            continue;
        }
        std::thread::spawn(move || {
            let answer = answer(&request, &shared);
            let _ = request.respond(answer.response()); // nobody is there to be told
            shared.busy.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

/// What is answered.
struct Answer {
    status: u16,
    kind: &'static str,
    /// What the page may do.
    policy: &'static str,
    bytes: Vec<u8>,
}

/// The frame: its own style, script and frames, and nothing else.
const FRAME: &str = "default-src 'none'; style-src 'self'; script-src 'self'; frame-src 'self'; connect-src 'self'; base-uri 'none'; \
                     form-action 'none'; frame-ancestors 'none'";
/// A built page: what it holds itself, no word to anybody.
const BUILT: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' blob: data:; worker-src blob: data:; \
                     img-src data: blob:; font-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

impl Answer {
    fn page(status: u16, html: String) -> Self {
        Self { status, kind: "text/html; charset=utf-8", policy: FRAME, bytes: html.into_bytes() }
    }

    fn text(status: u16, kind: &'static str, text: &str) -> Self {
        Self { status, kind, policy: FRAME, bytes: text.as_bytes().to_vec() }
    }

    fn response(self) -> Response<std::io::Cursor<Vec<u8>>> {
        let headers = [
            ("Content-Type", self.kind),
            ("Content-Security-Policy", self.policy),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ];
        let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok());
        headers.fold(Response::from_data(self.bytes).with_status_code(self.status), Response::with_header)
    }
}

fn answer(request: &Request, shared: &Shared) -> Answer {
    const PLAIN: &str = "text/plain; charset=utf-8";
    if !is_ours(request, shared.port) {
        return Answer::text(
            403,
            PLAIN,
            "只答复发给 127.0.0.1 和 localhost 的请求。\nOnly requests to 127.0.0.1 and localhost are answered.\n",
        );
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Answer::text(405, PLAIN, "GET\n");
    }
    let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
    let (number, site) = shared.held().clone();
    match path {
        "/" => Answer::page(200, page::list(&site, number, shared.lang)),
        "/preview.css" => Answer::text(200, "text/css; charset=utf-8", include_str!("preview.css")),
        "/preview.js" => Answer::text(200, "text/javascript; charset=utf-8", include_str!("preview.js")),
        "/after" => Answer::text(200, PLAIN, &shared.after(query.parse().unwrap_or_default()).to_string()),
        _ => {
            let framed = path.strip_prefix("/view/");
            let file = framed.or_else(|| path.strip_prefix("/file/")).and_then(decoded);
            match file.and_then(|file| Some((site.files.get_key_value(&file)?, framed.is_some()))) {
                Some(((file, _), true)) => Answer::page(200, page::frame(file, number, shared.lang)),
                Some(((file, bytes), false)) => Answer { status: 200, kind: kind(file), policy: BUILT, bytes: bytes.clone() },
                // It may be there again when the fault is mended: the page waits.
                None if site.broken => Answer::page(200, page::list(&site, number, shared.lang)),
                None => Answer::page(404, page::missing(number, shared.lang)),
            }
        }
    }
}

/// Whether the request was sent to this machine under its own name: a foreign name that points here is no reason to answer.
fn is_ours(request: &Request, port: u16) -> bool {
    let mut hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    ["127.0.0.1", "localhost"].iter().any(|name| host.value.as_str().eq_ignore_ascii_case(&format!("{name}:{port}")))
}

/// A path with its `%` signs resolved; nothing where they make no text.
fn decoded(path: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A path as it may stand in an address.
pub fn encoded(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./".contains(&b);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn kind(file: &str) -> &'static str {
    let kinds = BTreeMap::from([
        ("html", "text/html; charset=utf-8"),
        ("json", "application/json"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ]);
    file.rsplit_once('.').and_then(|(_, ending)| kinds.get(ending)).copied().unwrap_or("application/octet-stream")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_and_broken_ones_are_nothing() {
        let path = "教育/forms/a b%.html";
        assert_eq!(decoded(&encoded(path)).as_deref(), Some(path));
        assert_eq!(decoded("%"), None);
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }
}
