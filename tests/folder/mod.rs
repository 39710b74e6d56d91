//! A folder for one test, below the system's folder for temporary files.

use std::path::PathBuf;

/// A folder that is removed with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new, empty folder; `name` tells the tests of one program apart.
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("fairnotice-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the temporary folder is writable");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
