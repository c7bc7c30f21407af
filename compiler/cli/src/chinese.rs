//! The help texts in Chinese: one table, applied to the command line that clap has derived.
//!
//! Always: a test holds the table and the command line together, so that no text is forgotten or left over.

use clap::{Arg, Command};

/// Subcommand (empty: every one, and the command itself), argument (empty: the subcommand itself), text.
const TEXTS: &[(&str, &str, &str)] = &[
    ("", "", "方案定义（.prog）：检查，生成表单、校验程序等各种产物，按方案评估申报"),
    ("", "help", "显示帮助"),
    ("", "version", "显示版本"),
    ("", "lang", "消息的语言；不写时按系统区域设置"),
    ("", "color", "消息是否用颜色：auto 在终端上用（设了 NO_COLOR 除外），always 总是，never 从不"),
    ("", "ascii", "只用 ASCII 字符画框"),
    ("", "quiet", "只说错误"),
    ("", "paths", ".prog 文件、方案的文件夹，或装着多个方案的文件夹；“-”读标准输入"),
    ("", "texts", "通知原文的文件夹：引文与其中的 <方案文件夹>.txt 核对"),
    ("new", "", "建立新方案：一个检查无误的文件夹；有通知时写好大纲"),
    ("new", "name", "新文件夹；它的名称就是方案的名称"),
    ("new", "from", "从这份通知读出大纲：纯文本或 .docx；“-”读标准输入"),
    ("new", "format", "怎样说读到了什么"),
    ("check", "", "检查方案：列出所有文件的所有问题，没有问题就什么都不说"),
    ("check", "proofs", "也说名额为什么能凑够，哪些没有余地"),
    ("check", "format", "诊断的格式：human 给人看，其余（json、sarif、github）写到标准输出"),
    ("build", "", "生成数据模式、表单、校验程序和带类型的模型"),
    ("build", "out", "输出文件夹，每个方案一个子文件夹"),
    ("build", "target", "只生成这些，用逗号隔开；不写时全部生成"),
    ("build", "target_dir", "装着你自己的目标的文件夹（见 docs/writing-a-target.md）；可以写多次"),
    ("build", "theme", "本单位的样式文件夹：颜色、标志、页眉（见 docs/forms.md）"),
    ("build", "format", "诊断的格式；json 写到标准输出"),
    ("evaluate", "", "评估一份申报，或一批申报、报送和决定"),
    ("evaluate", "programme", "方案的文件夹或 .prog 文件；“-”读标准输入"),
    ("evaluate", "case", "申报的 JSON；“-”读标准输入"),
    ("evaluate", "batch", "改为评估一批：每行一份申报、报送或决定；“-”读标准输入"),
    ("evaluate", "at", "只判断到这个环节为止应判的；不写时全部判断"),
    ("evaluate", "on", "判断的日期或时刻；不写时没有逾期"),
    ("evaluate", "readings", "这一次按这个口径理解通知；可以写多次"),
    ("evaluate", "closed", "这一批已经截止，不再有新的报送"),
    ("evaluate", "explain", "显示每个结果是怎么来的：值、条款、源文件中的位置"),
    ("evaluate", "no_alternatives", "不说换一种口径结果会怎样"),
    ("evaluate", "format", "报告的格式，默认 json；写明 json 时诊断也用 JSON，写到标准错误"),
    ("select", "", "给一批申报排名：谁入选、谁候补，为什么"),
    ("select", "programme", "方案的文件夹或 .prog 文件；“-”读标准输入"),
    ("select", "batch", "一批：每行一份申报、报送或决定；“-”读标准输入"),
    ("select", "at", "只要这个环节的遴选；不写时依次全部"),
    ("select", "on", "在哪一天或时刻看：决定空出的名额是否还递补"),
    ("select", "readings", "这一次按这个口径理解通知；可以写多次"),
    ("select", "format", "写成什么：human 给人看，json 给工具，csv、xlsx 给表格软件，html 供打印签字；不写时看文件的扩展名"),
    ("select", "out", "写到这个文件，不写到标准输出；xlsx 和 html 要写"),
    ("targets", "", "对照方案的目标判断上报的情况"),
    ("targets", "programme", "方案的文件夹或 .prog 文件；“-”读标准输入"),
    ("targets", "reports", "上报的情况，每行一份；“-”读标准输入"),
    ("targets", "on", "在哪一天看：以后才到期的还不判断；不写时都算到期"),
    ("targets", "readings", "这一次按这个口径理解通知；可以写多次"),
    ("targets", "no_alternatives", "不说换一种口径结果会怎样"),
    ("targets", "format", "写成什么；不写时看文件的扩展名，都没有就是 json；写明 json 时诊断也用 JSON，写到标准错误"),
    ("targets", "out", "写到这个文件，不写到标准输出；html 要写"),
    ("preview", "", "在浏览器里看方案的页面，保存后自动更新"),
    ("preview", "path", ".prog 文件、方案的文件夹，或装着多个方案的文件夹"),
    ("preview", "port", "端口；不写时用一个空着的"),
    ("table", "", "在表格和批之间转换：填好的汇总表或申报（XLSX 或 CSV）"),
    ("table import", "", "读一份填好的表，写出 `prog evaluate --batch` 读的行"),
    ("table import", "programme", "方案的文件夹或 .prog 文件"),
    ("table import", "file", "表格：XLSX，或 UTF-8 的 CSV；“-”读标准输入"),
    ("table import", "of", "是哪一份汇总表，写代号；方案有几份时要写"),
    ("table import", "track", "不是汇总表：每行是这一类的一份申报"),
    ("table import", "key", "报送单位，照方案里的名单写；不写时按文件里写的"),
    ("table import", "at", "报送的日期或时刻；不写时按文件里写的"),
    ("table export", "", "把一批报送的行写成表格；不给批时写一份空表"),
    ("table export", "programme", "方案的文件夹或 .prog 文件"),
    ("table export", "track", "不是汇总表：每行是这一类的一份申报"),
    ("table export", "batch", "`prog evaluate --batch` 读的一批；不写时是空表"),
    ("table export", "out", "要写的文件，按 .xlsx 或 .csv 定格式"),
    ("table export", "of", "是哪一份汇总表，写代号；方案有几份时要写"),
    ("test", "", "运行方案的样例"),
    ("test", "format", "结果的格式：human 给人看，json 给工具，junit 给持续集成"),
    ("test", "filter", "只运行标题里有这些字的样例"),
    ("test", "coverage_min", "可能出现的结果中已显示的不到这个百分数时，退出码为 1"),
    ("test", "watch", "一保存就重新运行"),
    ("test", "suggest", "写出缺少的样例，填上今天的结果，由人核对"),
    ("test", "suggest_to", "写到这个文件里"),
    ("fmt", "", "把文件改写成统一的版式；意思和注释不变"),
    ("fmt", "check", "不改文件；有要改的就列出，以 1 退出"),
    ("fmt", "diff", "不改文件；显示会改什么"),
    ("fmt", "keywords", "把关键词全部改成这种语言；不写时用文件里较多的那种"),
    ("fmt", "format", "清单的格式"),
    ("diff", "", "比较方案的两个版本：效果上改了什么，影响谁"),
    ("diff", "old", "旧版本：.prog 文件、方案的文件夹，或 git 版本 REV:PATH"),
    ("diff", "new", "新版本，写法相同"),
    ("diff", "format", "写成什么格式：human 给人看，json 给程序，markdown 用作评审意见"),
    ("diff", "html", "另写一个网页，两个版本左右对照"),
    ("diff", "impact", "真实的申报，每行一份：列出结论会变的"),
    ("diff", "approved", "已批准的改动：每行写指纹、谁、为什么、日期，用制表符隔开"),
    ("git-setup", "", "设好本仓库的 git，让 .prog 文件的比较不看版式，并标出所在的声明"),
    ("git-setup", "format", "写成什么格式"),
    ("schema", "", "显示一条命令的 JSON 输出的模式（JSON Schema）"),
    ("schema", "verb", "命令；不写时列出有哪些"),
    ("completions", "", "显示命令行补全脚本"),
    ("completions", "shell", "用哪种命令行（shell）"),
    ("man", "", "显示手册页"),
    ("coverage", "", "逐条对照通知：编写在哪里、为什么略去、原文未附、待编写、未引用"),
    ("coverage", "format", "清单的格式"),
    ("explain", "", "解释诊断代码，例如 P0107"),
    ("explain", "code", "代码；不写时列出全部代码"),
    ("explain", "format", "格式"),
];

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The command line with Chinese help.
pub fn localise(mut command: Command) -> Command {
    command.build();
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            let verbs: Vec<String> = sub.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
            let whole = |sub: Command, verb: &String| sub.mut_subcommand(verb, |inner| texts(inner, &format!("{name} {verb}")));
            let headed = if verbs.is_empty() { sub } else { sub.subcommand_help_heading("命令") };
            texts(verbs.iter().fold(headed, whole), &name)
        });
    }
    texts(command, "").subcommand_help_heading("命令")
}

fn texts(command: Command, name: &str) -> Command {
    let command = match find(name, "") {
        Some(about) => command.about(about).long_about(None),
        None => command,
    };
    let one = |arg: Arg| {
        let heading = if arg.is_positional() { "参数" } else { "选项" };
        let text = find(name, arg.get_id().as_str()).or_else(|| find("", arg.get_id().as_str()));
        let arg = match arg.get_index() {
            Some(index) => arg.display_order(index),
            None => arg,
        };
        let arg = arg.help_heading(heading).hide_possible_values(true);
        match text {
            Some(text) => arg.help(text).long_help(None),
            None => arg,
        }
    };
    command.mut_args(one).help_template(TEMPLATE)
}

fn find(name: &str, argument: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(n, a, _)| *n == name && *a == argument).map(|(_, _, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::CommandFactory;

    #[test]
    fn every_help_text_is_in_chinese_too() {
        let mut command = Cli::command();
        command.build();
        let mut all: Vec<(String, &Command)> = Vec::new();
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            all.push((sub.get_name().to_owned(), sub));
            let verbs = sub.get_subcommands().filter(|verb| verb.get_name() != "help");
            all.extend(verbs.map(|verb| (format!("{} {}", sub.get_name(), verb.get_name()), verb)));
        }
        for (name, sub) in &all {
            assert!(find(name, "").is_some(), "{name}");
            for arg in sub.get_arguments() {
                let id = arg.get_id().as_str();
                assert!(find(name, id).or_else(|| find("", id)).is_some(), "{name} {id}");
            }
        }
        for (name, argument, _) in TEXTS.iter().filter(|(name, _, _)| !name.is_empty()) {
            let (_, sub) = all.iter().find(|(other, _)| other == name).unwrap_or_else(|| panic!("{name} is no subcommand"));
            assert!(argument.is_empty() || sub.get_arguments().any(|a| a.get_id() == argument), "{name} has no {argument}");
        }
    }
}
