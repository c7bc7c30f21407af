//! The registry of diagnostic codes: one constant each, its page in `report/codes/`.
//!
//! Ranges: P00 syntax, P01 names and citations, P02 types, units and numbers, P03 tables, quotas and asserts,
//! P04 workflow, materials and actors, P05 forms, P06 scenarios, P07 readings and rules, P08 cases and batches
//! (refused input), P09 files, modules and output. A test holds this table and the pages together.

use crate::Code;

/// What says that something is missing (a citation, a use, a header line) or makes no difference. Not said while anything is in error: what could not be
/// understood may be the very thing.
pub const OF_ABSENCE: &[Code] = &[
    CLAUSE_UNCITED,
    RULE_UNCITED,
    UNUSED,
    HEADER_MISSING,
    STAGE_UNREACHED,
    STAGE_STUCK,
    ROUTE_ENDLESS,
    GUARDS_INCOMPLETE,
    JUDGE_BLIND,
    EXPECTS_NOTHING,
    CAP_IDLE,
    RULE_IDLE,
    PART_IDLE,
    TIES_OPEN,
];

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal;)*) => {
        $($(#[doc = $doc])* pub const $name: Code = Code($code);)*
        /// Every code with the first line of its meaning.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),*)),)*];
    };
}

// One line a code, in order of number. Each stage appends within its own range.
codes! {
    /// What stands here is not understood.
    NOT_UNDERSTOOD = "P0001";
    /// A block's closing brace is missing.
    UNCLOSED_BLOCK = "P0002";
    /// A closing brace closes nothing.
    EXTRA_BRACE = "P0003";
    /// A text has no closing quote on its line.
    UNCLOSED_TEXT = "P0004";
    /// A round or square bracket is not closed.
    UNCLOSED_BRACKET = "P0005";
    /// Brackets, signs or operations are nested too deep.
    NESTED_TOO_DEEP = "P0006";
    /// An invisible or right-to-left character stands in a name or between words.
    HIDDEN_CHARACTER = "P0007";
    /// `and` and `or` are mixed without brackets.
    MIXED_AND_OR = "P0008";
    /// A date is not written as one or is no day of the calendar.
    WRONG_DATE = "P0009";
    /// A number is not written as one or is too big for its place.
    WRONG_NUMBER = "P0010";
    /// A keyword is misspelt.
    MISSPELT = "P0012";
    /// A keyword and a name are written without a space.
    MISSING_SPACE = "P0013";
    /// A keyword stands where a name is needed.
    KEYWORD_AS_NAME = "P0014";
    /// A declaration ends before it is complete.
    INCOMPLETE = "P0015";
    /// Something is said twice in one declaration.
    SAID_TWICE = "P0016";
    /// A declaration stands in a block where it has no place.
    WRONG_PLACE = "P0017";
    /// A sign of other languages, such as `==`.
    FOREIGN_SIGN = "P0018";
    /// A backslash before a character that needs none.
    UNKNOWN_ESCAPE = "P0019";
    /// `chars` counts words where no Chinese is written.
    CHARS_ARE_WORDS = "P0020";
    /// A name is declared twice.
    DUPLICATE_NAME = "P0101";
    /// No declaration has this name.
    UNKNOWN_NAME = "P0102";
    /// A name may mean several things.
    AMBIGUOUS_NAME = "P0103";
    /// Definitions go round in a circle.
    CYCLE = "P0104";
    /// A module does not declare what is taken from it.
    NOT_IN_MODULE = "P0105";
    /// A citation names no clause of the outline.
    CLAUSE_UNKNOWN = "P0106";
    /// A citation fits two clauses.
    CITATION_AMBIGUOUS = "P0107";
    /// Two clauses of the outline have the same address.
    CLAUSE_TWICE = "P0108";
    /// A quoted anchor does not stand in the clause cited.
    ANCHOR_MISSING = "P0109";
    /// A quoted anchor is too long.
    ANCHOR_LONG = "P0110";
    /// A clause is neither cited nor left out.
    CLAUSE_UNCITED = "P0111";
    /// A rule cites a clause that is said to hold nothing to encode.
    CITES_LEFT_OUT = "P0112";
    /// A rule, quota or material cites no clause.
    RULE_UNCITED = "P0113";
    /// A declaration is never used.
    UNUSED = "P0114";
    /// A header line stands twice.
    HEADER_TWICE = "P0115";
    /// A header value is not a plain value.
    HEADER_VALUE = "P0116";
    /// A time zone is not known.
    ZONE_UNKNOWN = "P0117";
    /// The header lacks what every notice has.
    HEADER_MISSING = "P0118";
    /// A text holds what looks like personal data.
    PERSONAL_DATA = "P0119";
    /// Two things have one key in the data.
    KEY_TWICE = "P0120";
    /// Two versions of one declaration are in force on one day.
    VERSIONS_OVERLAP = "P0121";
    /// The versions of a rule differ in more than what they test and say.
    VERSIONS_DIFFER = "P0122";
    /// What each application has its own version of is used where no application is meant.
    VERSION_PER_CASE = "P0123";
    /// What a followed programme declares is declared again without `amend`.
    REDECLARED = "P0124";
    /// What is to be amended or repealed is not there.
    NOTHING_TO_AMEND = "P0125";
    /// A selection does not say among whom, when, in which order or how many.
    SELECT_INCOMPLETE = "P0126";
    /// A selection goes by what is proposed only after it, or by itself.
    SELECT_TURN = "P0127";
    /// A selection that passes over what does not fit is to be filled again.
    REFILL_OF_SUM = "P0128";
    /// A value of one kind stands where another is needed.
    TYPE_MISMATCH = "P0201";
    /// Two values of different kinds are compared or added.
    NOT_COMPARABLE = "P0202";
    /// A number without unit meets a value with one.
    NEEDS_UNIT = "P0203";
    /// A bare number meets a percentage.
    NEEDS_PERCENT = "P0204";
    /// Values without order are compared as higher and lower.
    UNORDERED = "P0205";
    /// An exact ratio is kept without a named rounding.
    UNROUNDED = "P0206";
    /// A value has more decimal places than are kept.
    TOO_MANY_DIGITS = "P0207";
    /// A clock time is written in a programme without time zone.
    NO_ZONE = "P0208";
    /// A value must be known when the programme is compiled.
    NOT_A_CONSTANT = "P0209";
    /// The range or step of a type makes no sense.
    BAD_BOUNDS = "P0210";
    /// A limit on a length makes no sense.
    BAD_LIMIT = "P0211";
    /// A unit is no positive multiple, or stands on a type without units.
    BAD_UNIT = "P0212";
    /// A closed list or reading has no such value.
    UNKNOWN_VALUE = "P0213";
    /// A value of a list stands where no choice is expected.
    VALUE_WITHOUT_LIST = "P0214";
    /// A form, record, grid or table has no such part.
    UNKNOWN_FIELD = "P0215";
    /// A table is read without the right keys or column.
    WRONG_KEYS = "P0216";
    /// What is counted or added up is no list.
    NOT_A_LIST = "P0217";
    /// Applications are counted where only one is looked at.
    NO_BATCH = "P0218";
    /// It is not said which value is added up.
    MISSING_VALUE = "P0219";
    /// An optional value is used without saying what holds when it is blank.
    OPTIONAL_READ = "P0220";
    /// A conditional value is used where its condition need not hold.
    IRRELEVANT_READ = "P0221";
    /// A rule that can be not applicable is used without saying what then holds.
    RULE_MAY_LAPSE = "P0222";
    /// A field of a record is conditional or computed.
    RECORD_FIELD = "P0223";
    /// A divisor is always zero.
    DIVISION_BY_ZERO = "P0224";
    /// A declared bound does not follow from what is computed.
    BOUND_UNPROVED = "P0225";
    /// The items of a score come to less than its full marks.
    FULL_MARKS_UNREACHED = "P0226";
    /// What an order compares has no order.
    NOT_RANKABLE = "P0227";
    /// A sum along a list may fall.
    SUM_MAY_FALL = "P0228";
    /// What stands for consecutive years is no run of whole numbers.
    BAD_RUN = "P0229";
    /// A table's columns and keys do not fit together.
    COLUMN_TYPE = "P0301";
    /// A row has more or fewer cells than the table has columns.
    CELL_COUNT = "P0302";
    /// Two rows of a table have the same keys.
    DUPLICATE_ROW = "P0303";
    /// Two rows of a table match the same keys.
    OVERLAPPING_ROWS = "P0304";
    /// A table has no row for some keys.
    INCOMPLETE_TABLE = "P0305";
    /// A row of a table can never decide.
    DEAD_ROW = "P0306";
    /// A table's column does not add up to the stated total.
    TOTAL_MISMATCH = "P0307";
    /// A formula does not give the value printed in a table.
    FORMULA_DIFFERS = "P0308";
    /// A formula can't be compared with a table's column.
    FORMULA_UNCHECKED = "P0309";
    /// A data file is missing or can't be read as a table.
    DATA_FILE = "P0310";
    /// The bands of a table are out of order or not closed.
    BAD_BAND = "P0311";
    /// A cell can't stand in its column.
    BAD_CELL = "P0312";
    /// A stated equation does not hold.
    ASSERT_FALSE = "P0313";
    /// A stated equation can't be judged when the programme is compiled.
    ASSERT_UNDECIDED = "P0314";
    /// No distribution of the caps reaches a required total.
    UNREACHABLE_TOTAL = "P0315";
    /// A cap can never be reached, since others stop it earlier.
    CAP_IDLE = "P0316";
    /// What a quota requires can be reached (told when asked for).
    FEASIBLE = "P0317";
    /// A required number can just be reached (told when asked for).
    NO_CHOICE = "P0318";
    /// Working days are counted, and no calendar says which days are worked.
    CALENDAR_NEEDED = "P0319";
    /// A programme has two calendars of working days.
    CALENDAR_TWICE = "P0320";
    /// A total is given out by weights, and limits keep the parts from adding up to it.
    PARTS_DIFFER = "P0321";
    /// A track has two workflows.
    ROUTE_TWICE = "P0401";
    /// A transition leads to a stage of another workflow.
    STAGE_ELSEWHERE = "P0402";
    /// A deadline is not a date.
    DEADLINE_NO_DATE = "P0403";
    /// The length of a public notice is not a duration.
    NOTICE_LENGTH = "P0404";
    /// A quota's key is of different kinds in the tracks counted.
    KEY_DIFFERS = "P0405";
    /// The years of targets count from neither a stage nor a day.
    TARGETS_FROM = "P0406";
    /// A milestone's time is neither a year nor a day.
    MILESTONE_TIME = "P0407";
    /// No outcome leads to a stage.
    STAGE_UNREACHED = "P0408";
    /// Nothing leads on from a stage.
    STAGE_STUCK = "P0409";
    /// Deadlines are out of order.
    DEADLINES_DISORDERED = "P0410";
    /// One outcome leads to two places at once.
    GUARDS_OVERLAP = "P0411";
    /// An actor judges what it cannot see.
    JUDGE_BLIND = "P0412";
    /// There is a deadline but no time zone.
    ZONE_MISSING = "P0413";
    /// A quota counts at a stage that its cases do not pass.
    QUOTA_ELSEWHERE = "P0414";
    /// A later target asks for less than an earlier one.
    TARGET_FALLS = "P0415";
    /// A yearly target reaches its total only from an early year on.
    TOTAL_UNREACHED = "P0416";
    /// A period begins before its notice.
    PERIOD_EARLIER = "P0417";
    /// From a stage no case ever comes to an end.
    ROUTE_ENDLESS = "P0418";
    /// An outcome leads nowhere for some cases.
    GUARDS_INCOMPLETE = "P0419";
    /// A deadline is past before a case can get there.
    DEADLINE_IMPOSSIBLE = "P0420";
    /// Something is read at a stage before it is there.
    READ_TOO_EARLY = "P0421";
    /// An actor reviews or judges its own application.
    OWN_REVIEW = "P0422";
    /// A quota counts by something that comes later.
    QUOTA_TOO_EARLY = "P0423";
    /// A stage, day or outcome that no case has is spoken of.
    STATUS_UNKNOWN = "P0424";
    /// A quota by what the sender stands for, at a stage where nothing is sent.
    QUOTA_NOT_SENT = "P0425";
    /// A form said to be absent in source has fields.
    ABSENT_WITH_FIELDS = "P0501";
    /// A grid's total sums what does not add up.
    TOTAL_OF_OTHERS = "P0502";
    /// A summary's column has neither type nor source.
    COLUMN_OPEN = "P0503";
    /// A scenario enters what the track does not have, or does not say which of two.
    ENTRY_UNKNOWN = "P0601";
    /// A value of a scenario does not fit.
    WRONG_VALUE = "P0602";
    /// A scenario expects nothing.
    EXPECTS_NOTHING = "P0603";
    /// Two cases of a scenario have one id.
    CASE_TWICE = "P0604";
    /// A package is sent without cases.
    SENT_NOTHING = "P0605";
    /// A number of a scenario is not one that its field takes.
    OUTSIDE_TYPE = "P0606";
    /// There is no such reading.
    READING_UNKNOWN = "P0701";
    /// A reading can't be set to this value.
    READING_VALUE = "P0702";
    /// A reading is set twice.
    READING_TWICE = "P0703";
    /// `each` is followed by something that is no list.
    EACH_NO_LIST = "P0704";
    /// Something needs a reading that is not set.
    READING_NEEDED = "P0705";
    /// More members of a threshold are required than there are.
    THRESHOLD_SIZE = "P0706";
    /// A rule leads to an outcome that is not listed.
    OUTCOME_UNKNOWN = "P0707";
    /// The outcomes of a track are given twice.
    OUTCOMES_TWICE = "P0708";
    /// A waiver lifts nothing, or another rule lifts something.
    WAIVES_NOTHING = "P0709";
    /// A lifted stage does not say where the case goes.
    WAIVED_STAGE = "P0710";
    /// A waiver reads what it lifts.
    WAIVER_READS = "P0711";
    /// A rule does not depend on any application.
    RULE_CONSTANT = "P0712";
    /// No application can meet two rules at once.
    RULES_CLASH = "P0713";
    /// A rule adds nothing to another.
    RULE_IDLE = "P0714";
    /// A part of a condition makes no difference to it.
    PART_IDLE = "P0715";
    /// A selection may have to part equals, and the notice does not say how.
    TIES_OPEN = "P0716";
    /// A selection ranks those whom the rules reject too.
    REJECTED_RANKED = "P0717";
    /// A case or batch line is not JSON.
    NOT_JSON = "P0801";
    /// An entry has another JSON type than its field.
    WRONG_TYPE = "P0802";
    /// A member that the programme does not know.
    UNKNOWN_MEMBER = "P0803";
    /// A member stands twice.
    DUPLICATE_MEMBER = "P0804";
    /// Brackets nested too deep.
    TOO_DEEP = "P0805";
    /// A text too large to be a case.
    TOO_LARGE = "P0806";
    /// A number beyond what every target holds exactly.
    NUMBER_RANGE = "P0807";
    /// A case of another programme.
    OTHER_PROGRAMME = "P0808";
    /// A case of a track that the programme does not have.
    UNKNOWN_TRACK = "P0809";
    /// A required member is missing.
    MISSING_MEMBER = "P0810";
    /// A batch names something twice or something that is not there.
    BATCH_REFERENCE = "P0811";
    /// `--at` names no stage.
    NO_SUCH_STAGE = "P0812";
    /// `--on` is no day and no time.
    BAD_ON = "P0813";
    /// `--reading` names no reading or none of its values.
    BAD_READING = "P0814";
    /// A file is no table that can be read.
    TABLE_FILE = "P0815";
    /// A table's heads are not those of the summary.
    TABLE_HEADS = "P0816";
    /// A cell holds something else than its column takes.
    TABLE_CELL = "P0817";
    /// A file or folder that was asked for is not there.
    PATH_NOT_FOUND = "P0901";
    /// A file or folder can't be read.
    UNREADABLE = "P0902";
    /// What was given is not a `.prog` file.
    NOT_A_SOURCE_FILE = "P0903";
    /// A file is larger than any definition can be.
    FILE_TOO_LARGE = "P0904";
    /// A file is not UTF-8 text.
    WRONG_ENCODING = "P0905";
    /// A text holds NUL characters: it is damaged.
    NUL_CHARACTER = "P0906";
    /// There is no `.prog` file where one was looked for.
    NO_SOURCE_FOUND = "P0907";
    /// One folder holds more than one programme.
    SEVERAL_PROGRAMMES = "P0908";
    /// A programme is needed, and the files hold none.
    NO_PROGRAMME = "P0909";
    /// A module that `use` names does not exist.
    UNKNOWN_MODULE = "P0910";
    /// Modules import each other in a circle.
    IMPORT_CYCLE = "P0911";
    /// A module stands both in the library and beside the programme, and the two differ.
    AMBIGUOUS_MODULE = "P0912";
    /// The result can't be written; nothing was changed.
    CANNOT_WRITE = "P0913";
    /// Two programmes would be written to the same folder.
    SAME_OUTPUT_FOLDER = "P0914";
    /// The folder given by `--texts` has no text for a programme.
    NO_NOTICE_TEXT = "P0915";
    /// A scenario expects something else than what comes out.
    SCENARIO_FAILED = "P0916";
    /// The folder of somebody's own target is not as it should be.
    TARGET_FOLDER = "P0917";
    /// A template of somebody's own target does not fit.
    TARGET_TEMPLATE = "P0918";
    /// The program of somebody's own target did not finish.
    TARGET_PROGRAM = "P0919";
    /// A dialect of SQL that was asked for by name cannot hold a rule exactly.
    NOT_CARRIED = "P0920";
    /// A notice can't be read: no text, a scan, a file of another kind.
    NOTICE_UNREADABLE = "P0931";
    /// The folder that is to be made is there already.
    FOLDER_EXISTS = "P0932";
    /// The programme that another follows was not found.
    BASE_UNKNOWN = "P0933";
    /// A template of a target does not fit: a fault of the compiler itself.
    TEMPLATE_FAULT = "P0999";
}
