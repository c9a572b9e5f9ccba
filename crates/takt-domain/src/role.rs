//! What a person's roles let them do on the floor: the terminal asks before, the centre after.

/// Who may record inspections.
const INSPECTORS: [&str; 4] = ["QC_INSPECTOR", "QC_MANAGER", "SUPERVISOR", "SHIFT_LEAD"];
/// Who may hand shifts over and take them over.
const LEADS: [&str; 5] = ["SHIFT_LEAD", "SUPERVISOR", "PLANT_MANAGER", "DEPARTMENT_HEAD", "ORG_ADMIN"];

/// Whether a person of these roles may record inspections.
pub fn inspects<T: AsRef<str>>(roles: &[T]) -> bool {
    any(roles, &INSPECTORS)
}

/// Whether a person of these roles may hand shifts over and take them over.
pub fn leads<T: AsRef<str>>(roles: &[T]) -> bool {
    any(roles, &LEADS)
}

fn any<T: AsRef<str>>(roles: &[T], of: &[&str]) -> bool {
    roles.iter().any(|role| of.contains(&role.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_lets_a_person_do_what_it_is_for() {
        assert!(leads(&["OPERATOR", "SHIFT_LEAD"]) && inspects(&["QC_INSPECTOR"]));
        assert!(!leads(&["QC_MANAGER"]) && !inspects(&["OPERATOR"]));
        assert!(!leads::<&str>(&[]) && !inspects::<&str>(&[]));
    }
}
