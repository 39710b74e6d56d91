//! A small world of sites on loopback: each a listener with pages of its own and a log of what was asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub head: String,
}

impl Asked {
    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|l| {
            let (n, value) = l.split_once(':')?;
            n.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// What a site answers.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether the body goes on for ever.
    endless: bool,
    /// Time between two bytes of the body.
    drip: Duration,
}

impl Reply {
    pub fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Reply {
        let fields = vec![("Content-Type".to_owned(), media_type.to_owned())];
        Reply { status, fields, body: body.into(), endless: false, drip: Duration::ZERO }
    }

    pub fn page(body: impl Into<Vec<u8>>) -> Reply {
        Reply::new(200, "text/html; charset=utf-8", body)
    }

    pub fn redirect(to: &str) -> Reply {
        Reply::new(302, "text/html", "moved").with("Location", to)
    }

    pub fn missing() -> Reply {
        Reply::new(404, "text/html", "<h1>Not found</h1>")
    }

    pub fn with(mut self, name: &str, value: &str) -> Reply {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn endless(mut self) -> Reply {
        self.endless = true;
        self
    }

    pub fn drip(mut self, pause: Duration) -> Reply {
        self.drip = pause;
        self
    }

    fn send(&self, to: &mut impl Write) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {} X\r\n", self.status);
        for (name, value) in &self.fields {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.endless {
            head.push_str("Connection: close\r\n\r\n");
            to.write_all(head.as_bytes())?;
            loop {
                to.write_all(&[b'a'; 4096])?;
            }
        }
        let body: &[u8] = if self.status == 304 { b"" } else { &self.body };
        if self.status != 304 {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        to.write_all(head.as_bytes())?;
        if self.drip.is_zero() {
            to.write_all(body)?;
        } else {
            for byte in body {
                to.write_all(&[*byte])?;
                to.flush()?;
                std::thread::sleep(self.drip);
            }
        }
        to.flush()
    }
}

/// One site. It falls silent when it is dropped.
pub struct Site {
    pub port: u16,
    log: Arc<Mutex<Vec<Asked>>>,
    most: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Site {
    /// A site that answers as `pages` says.
    pub fn new(pages: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Site {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let site = Site { port, log: Arc::default(), most: Arc::default(), stop: Arc::default() };
        let (log, most, stop) = (site.log.clone(), site.most.clone(), site.stop.clone());
        let pages = Arc::new(pages);
        let open = Arc::new(AtomicUsize::new(0));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let (log, most, open, pages) = (log.clone(), most.clone(), open.clone(), pages.clone());
                std::thread::spawn(move || {
                    most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    serve(stream, &log, &*pages);
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        site
    }

    /// The address of a page of it.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().expect("no thread failed").clone()
    }

    /// The paths that were asked so far, but for robots.txt.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|a| a.path).filter(|p| p != "/robots.txt").collect()
    }

    /// The most connections that were open at once.
    pub fn most_connections(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, pages: &(impl Fn(&Asked) -> Reply + ?Sized)) {
    while let Some(head) = head(&mut stream) {
        let path = head.split(' ').nth(1).unwrap_or("").to_owned();
        let asked = Asked { path, head };
        log.lock().expect("no thread failed").push(asked.clone());
        if pages(&asked).send(&mut stream).is_err() {
            return;
        }
    }
}

/// The head of the next request; none where the connection is over.
pub fn head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return None,
        }
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}

/// A privacy notice of a board, with further words in it.
pub fn notice(board: &str, further: &str) -> String {
    format!(
        "<!doctype html><html lang=en><title>Privacy notice</title><main><h1>Privacy notice</h1>\
         <p>{board} is the data controller. This privacy notice explains how we use your personal information.</p>\
         <h2>How we use your information</h2><p>We collect and hold information about you under Article 6(1)(e) of the \
         UK GDPR. We share your information with NHS England.</p>{further}<h2>Your rights</h2><p>You have the right of \
         access to your personal information.</p><h2>How long we keep it</h2><p>We keep it for 8 years.</p></main></html>"
    )
}

/// A page of a layered notice about one purpose.
pub fn layer(purpose: &str) -> String {
    format!(
        "<!doctype html><title>{purpose}</title><main><h1>{purpose}</h1><p>We use information about you for \
         {purpose}. Our lawful basis is Article 6(1)(e) of the UK GDPR, and Article 9(2)(h) for data about health. It is \
         part of our privacy notice and should be read alongside the main privacy notice. We keep this information for \
         8 years, and share it with nobody outside the NHS.</p></main>"
    )
}

/// A page that is no notice.
pub fn news() -> String {
    let words =
        "The board met in the town hall and spoke of beds, buildings and budgets for most of the day. ".repeat(6);
    format!("<!doctype html><title>News</title><main><h1>News</h1><p>{words}</p></main>")
}

/// Brotli of the simplest kind: a stream that stores its bytes as they are (RFC 7932, section 9.2).
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    assert!((1..=65536).contains(&bytes.len()), "one block holds that much");
    let head = ((bytes.len() as u32 - 1) << 4) | (1 << 20);
    let mut out = head.to_le_bytes()[..3].to_vec();
    out.extend_from_slice(bytes);
    out.push(0b11);
    out
}

/// Gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("memory takes it");
    packer.finish().expect("memory takes it")
}
