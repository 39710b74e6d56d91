//! What a document is.

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// A whole privacy notice.
    PrivacyNotice,
    /// One page of a layered notice: its silence proves nothing.
    NoticePart,
    /// A register of data released to an organisation.
    DataReleaseRegister,
    /// Neither: listed, not judged.
    Other,
}

impl NoticeKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            NoticeKind::PrivacyNotice => "privacy-notice",
            NoticeKind::NoticePart => "notice-part",
            NoticeKind::DataReleaseRegister => "data-release-register",
            NoticeKind::Other => "other",
        }
    }
}
