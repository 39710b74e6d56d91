//! The program `fairnotice`: hands over to the command line.

fn main() -> std::process::ExitCode {
    fairnotice::cli::run()
}
