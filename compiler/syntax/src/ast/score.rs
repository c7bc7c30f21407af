//! Values that are named: lets, scores, and the versions of a declaration.

use super::{Expr, Head, Name, TypeExpr};
use prog_base::Span;

/// `effective D to D2`: from and to which day a version of a declaration is in force, both days included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The first day.
    pub from: Expr,
    /// The last day; without it, until the next version.
    pub to: Option<Expr>,
    /// The place.
    pub span: Span,
}

/// A named expression: `let NAME [cites] "label" effective D : TYPE = EXPR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Let {
    /// Name, label.
    pub head: Head,
    /// When this version is in force, if there are several.
    pub effective: Option<Effective>,
    /// A declared type, if any.
    pub ty: Option<TypeExpr>,
    /// The value.
    pub value: Expr,
    /// Of what a `score` stands for: the bound that its points must be proved to keep.
    pub out_of: Option<OutOf>,
    /// The place.
    pub span: Span,
}

/// `out of 100`: the most that points can come to, proved when the programme is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOf {
    /// The bound.
    pub most: Expr,
    /// What a total adds up; none for an item.
    pub parts: Vec<Expr>,
}

/// `score NAME [cites] "label" at STAGE out of 100 pass 60 else OUTCOME { items }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Name, citations, label.
    pub head: Head,
    /// Judged at this stage.
    pub at: Option<Name>,
    /// The most that the total can come to.
    pub out_of: Option<Expr>,
    /// What the total must reach.
    pub pass: Option<Expr>,
    /// The outcome when something is not reached.
    pub outcome: Option<Name>,
    /// What is added up.
    pub items: Vec<ScoreItem>,
    /// The place.
    pub span: Span,
}

/// `item NAME [cites] "label" weight W out of N = EXPR at least M not 0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreItem {
    /// Name, citations, label.
    pub head: Head,
    /// Its factor in the total; 1 when absent.
    pub weight: Option<Expr>,
    /// The most it can come to, before its weight.
    pub out_of: Option<Expr>,
    /// Its points.
    pub value: Expr,
    /// What it must reach itself.
    pub least: Option<Expr>,
    /// What it must not be.
    pub other_than: Option<Expr>,
    /// The place.
    pub span: Span,
}
