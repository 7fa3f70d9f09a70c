//! What follows from what, of things said with all, any and not.

/// How something is put together.
pub(super) enum Form<'a, T> {
    /// Of each of these.
    All(&'a [T]),
    /// Of one of these.
    Any(&'a [T]),
    /// Of what this is not.
    Not(&'a T),
    /// It is not.
    Plain,
}

/// Something that is said with all, any and not.
pub(super) trait Formula: Sized {
    /// How it is put together.
    fn form(&self) -> Form<'_, Self>;

    /// How many levels of all, any and not there are.
    fn depth(&self) -> usize {
        let inside = match self.form() {
            Form::All(some) | Form::Any(some) => some.iter().map(Self::depth).max().unwrap_or_default(),
            Form::Not(not) => not.depth(),
            Form::Plain => return 0,
        };
        inside.saturating_add(1)
    }

    /// What it is put together of, and what is not put together itself.
    fn plain(&self) -> Vec<&Self> {
        match self.form() {
            Form::All(some) | Form::Any(some) => some.iter().flat_map(Self::plain).collect(),
            Form::Not(not) => not.plain(),
            Form::Plain => vec![self],
        }
    }
}

/// The most of one, each of which holds, that are held against each other: the pairs grow with the square.
const HELD_MAX: usize = 32;

/// Whether some two of these, each of which is to hold, never do of the same. Those are looked at that are not put together
/// themselves, or say of such a one that it does not hold; of many, the first.
pub(super) fn contradict<T: Formula>(all: &[T], exclude: impl Fn(&T, &T) -> bool) -> bool {
    let is_simple = |one: &&T| match one.form() {
        Form::Plain => true,
        Form::Not(not) => matches!(not.form(), Form::Plain),
        Form::All(_) | Form::Any(_) => false,
    };
    let mut held: Vec<&T> = Vec::new();
    for one in all.iter().filter(is_simple).take(HELD_MAX) {
        if held.iter().any(|other| exclude(other, one)) {
            return true;
        }
        held.push(one);
    }
    false
}

/// What is known of what is not put together.
pub(super) struct Known<'f, T> {
    /// Whether the two never hold of the same.
    pub(super) excludes: &'f dyn Fn(&T, &T) -> bool,
    /// Whether the second holds of whatever the first does.
    pub(super) implies: &'f dyn Fn(&T, &T) -> bool,
}

impl<T: Formula> Known<'_, T> {
    /// Whether the two never hold of the same, as far as their form tells: no, if it does not. Each part of one is held
    /// against each part of the other twice at most.
    pub(super) fn exclude_each_other(&self, one: &T, other: &T) -> bool {
        // What is taken apart first makes a difference: all of which rules out some, or some of which rule out all.
        self.excludes(one, other) || self.excludes(other, one)
    }

    fn excludes(&self, one: &T, other: &T) -> bool {
        match (one.form(), other.form()) {
            (Form::Any(some), _) => some.iter().all(|one| self.excludes(one, other)),
            (_, Form::Any(some)) => some.iter().all(|other| self.excludes(one, other)),
            (Form::All(all), _) => all.iter().any(|one| self.excludes(one, other)),
            (_, Form::All(all)) => all.iter().any(|other| self.excludes(one, other)),
            (Form::Not(not), _) => self.implies(other, not),
            (_, Form::Not(not)) => self.implies(one, not),
            (Form::Plain, Form::Plain) => (self.excludes)(one, other),
        }
    }

    /// Whether the second holds of whatever the first does, as far as their form tells: no, if it does not.
    fn implies(&self, one: &T, other: &T) -> bool {
        match (one.form(), other.form()) {
            (Form::Any(some), _) => some.iter().all(|one| self.implies(one, other)),
            (_, Form::All(all)) => all.iter().all(|other| self.implies(one, other)),
            (_, Form::Not(not)) => self.excludes(one, not),
            (Form::All(all), _) => all.iter().any(|one| self.implies(one, other)),
            (_, Form::Any(some)) => some.iter().any(|other| self.implies(one, other)),
            (Form::Not(not), Form::Plain) => match not.form() {
                Form::Not(one) => self.implies(one, other),
                Form::All(_) | Form::Any(_) | Form::Plain => false,
            },
            (Form::Plain, Form::Plain) => (self.implies)(one, other),
        }
    }
}
