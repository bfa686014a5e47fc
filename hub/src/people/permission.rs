//! What each role and scope may do: the one table of it.
//!
//! Says nothing about single tickets or counters; how far a word reaches inside a hall is `reach`,
//! and the hall itself decides with it.

use hall::{Command, Reach};

use super::role::Scope::{self, Administrator, Auditor, Kiosk, Operator, Player, Staff, Supervisor};

/// Something a caller may or may not do in a hall (or in the whole hub).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Take tickets for visitors.
    Issue,
    /// Check visitors in.
    CheckIn,
    /// Serve at a counter: its moves, and cancel and reprioritise.
    Serve,
    /// Everything in the hall: others' counters, announcements, freeze, mode, open and close the day.
    Supervise,
    /// See the staff cut: tickets with their ids, who is at which counter, why this one, the day's figures.
    SeeStaffCut,
    /// Read a hall's journal.
    ReadJournal,
    /// See alerts, take and handle them.
    HandleAlerts,
    /// Read the audit.
    ReadAudit,
    /// Change sites, halls and their setup.
    Configure,
    /// See how a hall is set up.
    ReadSetup,
    /// People, their roles and passwords.
    ManagePeople,
    /// See who is known here.
    SeePeople,
    /// Tokens of programs.
    ManageTokens,
    /// Players: pair, change, remove.
    ManagePlayers,
    /// See players and whether they are there.
    SeePlayers,
    /// Fetch the sounds of what is said.
    Hear,
}

impl Permission {
    /// Who has it.
    pub fn holders(self) -> &'static [Scope] {
        match self {
            Self::Issue | Self::CheckIn => &[Kiosk, Staff, Operator, Supervisor, Administrator],
            Self::Serve => &[Staff, Supervisor, Administrator],
            Self::Supervise | Self::HandleAlerts => &[Supervisor, Administrator],
            Self::SeeStaffCut => &[Staff, Operator, Supervisor, Auditor, Administrator],
            Self::ReadJournal | Self::SeePlayers => &[Supervisor, Auditor, Administrator],
            Self::ReadAudit | Self::SeePeople => &[Auditor, Administrator],
            Self::ReadSetup => &[Staff, Operator, Supervisor, Auditor, Administrator],
            Self::Hear => &[Player, Supervisor, Administrator],
            Self::Configure | Self::ManagePeople | Self::ManageTokens | Self::ManagePlayers => &[Administrator],
        }
    }

    /// What asking for a command needs. A visitor may `cancel`, `defer` and `check_in` the ticket whose key
    /// they hold without any of this: see the command door.
    pub fn to_ask(command: &Command) -> Self {
        match command {
            Command::Issue(_) => Self::Issue,
            Command::CheckIn(_) => Self::CheckIn,
            Command::OpenCounter(open) if open.staff.is_some() => Self::Supervise,
            Command::OpenCounter(_)
            | Command::CallNext(_)
            | Command::CallTicket(_)
            | Command::Recall(_)
            | Command::Start(_)
            | Command::Finish(_)
            | Command::NoShow(_)
            | Command::Park(_)
            | Command::Unpark(_)
            | Command::Transfer(_)
            | Command::Defer(_)
            | Command::Return(_)
            | Command::Cancel(_)
            | Command::Reprioritise(_)
            | Command::Undo(_)
            | Command::PauseCounter(_)
            | Command::ResumeCounter(_)
            | Command::CloseCounter(_) => Self::Serve,
            Command::FreezeQueue(_)
            | Command::ThawQueue(_)
            | Command::SetMode(_)
            | Command::OpenDay(_)
            | Command::CloseDay(_)
            | Command::Announce(_)
            | Command::Withdraw(_) => Self::Supervise,
        }
    }
}

/// How far the word of a scope reaches in a hall. Kiosks and operators give tickets, but move none.
pub(super) fn reach_of(scope: Scope) -> Reach {
    match scope {
        Administrator | Supervisor => Reach::Hall,
        Staff => Reach::Own,
        Operator | Auditor | Kiosk | Scope::Editor | Scope::Reviewer | Player => Reach::Ticket,
    }
}

#[cfg(test)]
mod tests {
    use Permission::{
        CheckIn, Configure, HandleAlerts, Issue, ManagePeople, ManagePlayers, ManageTokens, ReadAudit, ReadJournal,
        ReadSetup, SeePeople, SeePlayers, SeeStaffCut, Serve, Supervise,
    };

    use super::*;

    fn of(scope: Scope) -> Vec<Permission> {
        let all = [
            Issue,
            CheckIn,
            Serve,
            Supervise,
            SeeStaffCut,
            ReadJournal,
            HandleAlerts,
            ReadAudit,
            Configure,
            ReadSetup,
            ManagePeople,
            SeePeople,
            ManageTokens,
            ManagePlayers,
            SeePlayers,
        ];
        all.into_iter().filter(|it| it.holders().contains(&scope)).collect()
    }

    #[test]
    fn each_role_may_what_the_contract_gives_it() {
        assert_eq!(of(Kiosk), [Issue, CheckIn]);
        assert_eq!(of(Staff), [Issue, CheckIn, Serve, SeeStaffCut, ReadSetup]);
        let supervisor =
            [Issue, CheckIn, Serve, Supervise, SeeStaffCut, ReadJournal, HandleAlerts, ReadSetup, SeePlayers];
        assert_eq!(of(Supervisor), supervisor);
        assert_eq!(of(Operator), [Issue, CheckIn, SeeStaffCut, ReadSetup]);
        assert_eq!(of(Auditor), [SeeStaffCut, ReadJournal, ReadAudit, ReadSetup, SeePeople, SeePlayers]);
        for scope in [Scope::Editor, Scope::Reviewer, Scope::Player] {
            assert_eq!(of(scope), [], "{scope}");
        }
        assert_eq!(of(Administrator).len(), 15);
    }
}
