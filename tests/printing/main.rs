//! Slips on paper: a printer that reads every byte, in every mood a printer can be in.

mod channel;
mod line;
