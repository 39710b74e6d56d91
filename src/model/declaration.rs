//! What the owner of a notice declares about itself: the truth that its notice is checked against.

/// Who the owner of a notice is. What is not declared is not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// The controller's name.
    pub name: Option<String>,
    /// Its code in the Organisation Data Service.
    pub ods: Option<String>,
    /// Its registration number with the Information Commissioner, upper case, no spaces.
    pub ico_registration: Option<String>,
    /// Its data protection officer.
    pub dpo: Option<String>,
    /// Its Caldicott Guardian.
    pub caldicott_guardian: Option<String>,
    /// Its senior information risk owner.
    pub siro: Option<String>,
    /// Everyone who processes on its behalf; `None` where it does not say.
    pub processors: Option<Vec<String>>,
}
