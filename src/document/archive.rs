//! The members of a zip archive, decompressed within bounds.
//!
//! In come the bytes of an archive; out come members by name, as text. It never decompresses more than a notice could
//! need, whatever the archive's directory says.

use super::{Unreadable, encoding};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A member that unpacks to more holds no notice: markup is seldom more than twenty times its words.
const MEMBER: u64 = 48 * 1024 * 1024;

/// An archive that is being read.
pub struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    /// Opens an archive; none where the bytes are no archive, or a damaged one.
    pub fn open(bytes: &'a [u8]) -> Option<Archive<'a>> {
        bytes.starts_with(b"PK").then(|| ZipArchive::new(Cursor::new(bytes)).ok()).flatten().map(Archive)
    }

    /// The text of a member; none where there is none of this name.
    ///
    /// # Errors
    /// Where the member is damaged, has a password, or unpacks to more than a notice could be.
    pub fn member(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(index) = self.0.index_for_name(name) else { return Ok(None) };
        let damaged =
            |_| Unreadable(format!("the file is damaged (its part {name} cannot be unpacked); save it again"));
        let member = self.0.by_index(index).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                Unreadable("the file has a password; save it without one".to_owned())
            }
            _ => damaged(()),
        })?;
        let mut bytes = Vec::new();
        member.take(MEMBER + 1).read_to_end(&mut bytes).map_err(|_| damaged(()))?;
        if bytes.len() as u64 > MEMBER {
            return Err(Unreadable(format!(
                "its part {name} unpacks to more than {} MB, which no notice does; save the notice's text alone",
                MEMBER / 1024 / 1024
            )));
        }
        let (text, ..) = encoding::decode(&bytes, true, None);
        Ok(Some(text))
    }
}
