//! A plain reference for selections: complete data, group by group, and every completion of what is unknown.
//!
//! In: cases with what is known. Out: how each fares if that is the same in every completion, else open. Always: knows nothing of the
//! compiler.

mod passing;

/// A case: what is not known is `None`.
#[derive(Clone, Debug)]
pub struct Case {
    /// 0 to 3.
    pub points: Option<u8>,
    /// 0 or 1.
    pub prize: Option<u8>,
    /// 0 or 1: whether it is a candidate.
    pub sound: Option<u8>,
    /// 0 to 3.
    pub asked: Option<u8>,
}

/// How a case fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Fares {
    Selected,
    Waiting(usize),
    Tied,
    NotSelected,
    Open,
}

/// How many are taken.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Limit {
    Number(u32),
    All,
    Sum(u32),
    Passing(u32),
    Nearest(u32, u32),
}

/// What becomes of equals at the cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Parts {
    AdmitAll,
    AdmitNone,
    Judged,
    Silent,
}

/// What is asked.
pub struct Asked {
    /// How many.
    pub limit: Limit,
    /// Equals at the cut.
    pub parts: Parts,
    /// So many wait.
    pub wait: usize,
}

/// How each fares in every completion.
pub fn sure(cases: &[Case], asked: &Asked) -> Vec<Fares> {
    let mut all: Option<Vec<Fares>> = None;
    complete(cases, &mut Vec::new(), &mut |complete| {
        let here = one(complete, asked);
        match &mut all {
            None => all = Some(here),
            Some(known) => known.iter_mut().zip(here).for_each(|(known, here)| {
                if *known != here {
                    *known = Fares::Open;
                }
            }),
        }
    });
    all.unwrap_or_default()
}

/// Points, prize, candidate, asked.
type Known = (u8, u8, bool, u32);

fn complete(rest: &[Case], done: &mut Vec<Known>, see: &mut dyn FnMut(&[Known])) {
    let Some((first, rest)) = rest.split_first() else { return see(done) };
    let values = |known: Option<u8>, most: u8| known.map_or_else(|| (0..=most).collect::<Vec<_>>(), |v| vec![v]);
    for points in values(first.points, 3) {
        for prize in values(first.prize, 1) {
            for sound in values(first.sound, 1) {
                for asked in values(first.asked, 3) {
                    done.push((points, prize, sound == 1, u32::from(asked)));
                    complete(rest, done, see);
                    done.pop();
                }
            }
        }
    }
}

fn one(cases: &[Known], asked: &Asked) -> Vec<Fares> {
    let mut fares = vec![Fares::NotSelected; cases.len()];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for points in (0..=3).rev() {
        for prize in (0..=1).rev() {
            let group: Vec<usize> = (0..cases.len()).filter(|i| cases[*i].2 && cases[*i].0 == points && cases[*i].1 == prize).collect();
            groups.extend((!group.is_empty()).then_some(group));
        }
    }
    if let Limit::Passing(limit) = asked.limit {
        return passing::fares(cases, &groups, limit, asked);
    }
    let taken = match asked.limit {
        Limit::All => groups.len(),
        Limit::Nearest(target, least) => match nearest(cases, &groups, target, least) {
            Some(taken) => taken,
            None => {
                groups.iter().flatten().for_each(|i| fares[*i] = Fares::Open);
                return fares;
            }
        },
        Limit::Number(_) | Limit::Sum(_) | Limit::Passing(_) => whole(cases, &groups, asked.limit),
    };
    groups[..taken].iter().flatten().for_each(|i| fares[*i] = Fares::Selected);
    let mut least = groups[..taken].iter().map(Vec::len).sum::<usize>();
    let mut most = least;
    if let Some(group) = groups.get(taken).filter(|group| parted(cases, &groups[..taken], group, asked.limit)) {
        let how = match asked.parts {
            Parts::AdmitAll => Fares::Selected,
            Parts::AdmitNone => Fares::NotSelected,
            Parts::Judged => Fares::Tied,
            Parts::Silent => Fares::Open,
        };
        group.iter().for_each(|i| fares[*i] = how);
        match (asked.parts, asked.limit) {
            (Parts::AdmitAll, _) => (least, most) = (least + group.len(), most + group.len()),
            (Parts::AdmitNone, _) => {}
            (Parts::Judged, Limit::Number(n)) => (least, most) = (n as usize, n as usize),
            (Parts::Judged | Parts::Silent, _) => most += group.len(),
        }
    }
    wait(&mut fares, &groups, (least, most), asked);
    fares
}

/// How many groups fit whole.
fn whole(cases: &[Known], groups: &[Vec<usize>], limit: Limit) -> usize {
    let fits = |groups: &[Vec<usize>]| {
        let (count, sum) = used(cases, groups);
        match limit {
            Limit::Number(n) => count <= n,
            Limit::Sum(n) => sum <= n,
            Limit::All | Limit::Passing(_) | Limit::Nearest(..) => true,
        }
    };
    (0..groups.len()).take_while(|last| fits(&groups[..=*last])).count()
}

/// What is used up of the limit.
fn used(cases: &[Known], groups: &[Vec<usize>]) -> (u32, u32) {
    (groups.iter().map(|g| g.len() as u32).sum(), groups.iter().flatten().map(|i| cases[*i].3).sum())
}

/// Whether some of a group fit, and not all.
fn parted(cases: &[Known], before: &[Vec<usize>], group: &[usize], limit: Limit) -> bool {
    let (count, sum) = used(cases, before);
    match limit {
        Limit::Number(n) => count < n,
        Limit::Sum(n) => group.iter().any(|i| sum + cases[*i].3 <= n),
        Limit::All | Limit::Passing(_) | Limit::Nearest(..) => false,
    }
}

fn nearest(cases: &[Known], groups: &[Vec<usize>], target: u32, least: u32) -> Option<usize> {
    let mut best: Vec<(u32, usize)> = Vec::new();
    for taken in 0..=groups.len() {
        let (_, sum) = used(cases, &groups[..taken]);
        if sum < least {
            continue;
        }
        let distance = sum.abs_diff(target);
        // Who adds nothing is taken with those ahead.
        best.retain(|(_, other)| used(cases, &groups[..*other]).1 != sum);
        best.push((distance, taken));
    }
    let near = best.iter().map(|(d, _)| *d).min()?;
    let mut found = best.iter().filter(|(d, _)| *d == near);
    let (_, taken) = found.next()?;
    found.next().is_none().then_some(*taken)
}

/// Positions of those who wait, for every number that may be selected ahead of them.
fn wait(fares: &mut [Fares], groups: &[Vec<usize>], (least, most): (usize, usize), asked: &Asked) {
    let mut ahead: usize = 0;
    for group in groups {
        if group.iter().all(|i| fares[*i] == Fares::NotSelected) {
            let in_line = |selected: usize| {
                let (first, last) = ((ahead + 1).saturating_sub(selected).max(1), (ahead + group.len()).saturating_sub(selected));
                in_line(first, last, asked)
            };
            let first = in_line(least);
            let how = if (least..=most).all(|selected| in_line(selected) == first) { first } else { Fares::Open };
            group.iter().for_each(|i| fares[*i] = how);
        }
        ahead += group.len();
    }
}

/// How equals fare of whom the first and the last would wait at these positions.
fn in_line(first: usize, last: usize, asked: &Asked) -> Fares {
    match asked.parts {
        _ if last <= asked.wait => Fares::Waiting(first),
        Parts::AdmitAll if first <= asked.wait => Fares::Waiting(first),
        Parts::AdmitAll | Parts::AdmitNone => Fares::NotSelected,
        Parts::Judged if first <= asked.wait => Fares::Tied,
        Parts::Silent if first <= asked.wait => Fares::Open,
        Parts::Judged | Parts::Silent => Fares::NotSelected,
    }
}
