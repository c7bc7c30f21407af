//! What a rule of the grammar is called by people.
//!
//! In: the rules that the grammar would have read at a place. Out: words in both languages, most telling first.
//! Always: every rule has its words here (a test goes through all of them); keywords take theirs from the table.

use crate::grammar::Rule;
use crate::keywords::{self, Keyword};
use prog_base::{Text, text};

/// Something that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A keyword of the table.
    Keyword(&'static Keyword),
    /// A sign such as `:`.
    Sign(&'static str),
    /// A kind of thing: a name, a number.
    Kind(Text),
    /// An operator or separator: may nearly always stand there, so it is said only if nothing else is.
    Weak(&'static str),
}

/// The words of many rules without repetition: signs, then kinds, then keywords.
pub fn expected(rules: &[Rule]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for word in rules.iter().flat_map(|r| of(*r)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.iter().any(|w| !is_weak(w)) {
        words.retain(|w| !is_weak(w));
    }
    words.sort_by_key(rank);
    words
}

fn is_weak(word: &Word) -> bool {
    match word {
        Word::Weak(_) => true,
        Word::Keyword(k) => matches!(k.position, "operator" | "operator-part" | "prefix" | "arrow"),
        Word::Sign(_) | Word::Kind(_) => false,
    }
}

fn rank(word: &Word) -> u8 {
    match word {
        Word::Sign(_) => 0,
        Word::Kind(_) => 1,
        Word::Keyword(_) => 2,
        Word::Weak(_) => 3,
    }
}

/// The words of one rule.
pub fn of(asked: Rule) -> Vec<Word> {
    if asked == Rule::kw_leads_to {
        return vec![Word::Sign("->")];
    }
    let name = format!("{asked:?}");
    if let Some(keyword) = keywords::by_rule(&name) {
        return vec![Word::Keyword(keyword)];
    }
    if let Some(list) = keywords_of(asked) {
        return list.iter().flat_map(|r| of(*r)).collect();
    }
    if let Some(position) = position_of(asked) {
        return keywords::all().iter().filter(|k| k.position == position).map(Word::Keyword).collect();
    }
    word(asked).into_iter().collect()
}

/// A rule that one of several keywords starts.
fn keywords_of(asked: Rule) -> Option<&'static [Rule]> {
    use Rule::*;
    Some(match asked {
        use_line => &[kw_use],
        programme => &[kw_programme],
        follows => &[kw_follows],
        calendar => &[kw_calendar],
        notice => &[kw_notice],
        clause | clause_kind => &[kw_clause, kw_annex, kw_item],
        said_annex => &[kw_annex],
        clause_word => &[kw_as, kw_left_out, kw_absent, kw_todo],
        left_out => &[kw_left_out],
        todo => &[kw_todo],
        readings => &[kw_readings],
        reading => &[kw_reading],
        reading_within => &[kw_v_within],
        reading_ends => &[kw_v_ends, kw_v_by],
        reading_open => &[kw_unknown, kw_v_open],
        reading_is => &[kw_reading_is],
        actor => &[kw_actor],
        actor_per | per | aggregate_per => &[kw_per],
        enum_decl => &[kw_enum],
        retired => &[kw_retired],
        record => &[kw_record],
        declared_unit => &[kw_unit],
        let_decl => &[kw_let],
        output => &[kw_output],
        explain => &[kw_explain],
        assert => &[kw_assert],
        duty => &[kw_duty],
        table => &[kw_table],
        by_keys | by | sent_by | send_by => &[kw_by],
        bound_of => &[kw_table_of],
        from_file | from | type_from | length_range => &[kw_from],
        dated => &[kw_dated],
        totals | grid_total => &[kw_total],
        track => &[kw_track],
        applies_with => &[kw_applies_with],
        fact => &[kw_fact],
        conditions => &[kw_conditions],
        amend => &[kw_amend],
        repeal => &[kw_repeal],
        score => &[kw_score],
        score_item => &[kw_score_item],
        out_of => &[kw_out_of],
        pass => &[kw_pass],
        weight => &[kw_weight],
        item_least => &[kw_at_least],
        item_not => &[kw_item_not],
        effective => &[kw_effective, kw_from],
        outcomes => &[kw_outcomes],
        else_outcome => &[kw_else],
        rule_modifier => &[kw_at, kw_each, kw_when, kw_unless],
        at => &[kw_at],
        each => &[kw_each],
        when => &[kw_when],
        unless => &[kw_unless],
        for_names | expect_for => &[kw_for],
        optional => &[kw_optional],
        waives => &[kw_waives],
        needs => &[kw_needs],
        judged => &[kw_judged_by],
        attested => &[kw_attested],
        external => &[kw_external],
        threshold | need => &[kw_any_of, kw_all_of, kw_at_least_of],
        quota => &[kw_quota],
        select => &[kw_select],
        select_from => &[kw_from],
        select_where => &[kw_where],
        order => &[kw_order],
        take => &[kw_take],
        take_all => &[kw_take_all],
        take_while => &[kw_take_while],
        take_nearest => &[kw_take_nearest],
        tied => &[kw_tied],
        wait => &[kw_wait],
        refill => &[kw_refill],
        assign => &[kw_assign],
        place => &[kw_p_selected, kw_p_waiting, kw_p_tied, kw_p_not_selected],
        material => &[kw_material],
        formats => &[kw_as],
        channel => &[kw_channel],
        refuse => &[kw_refuse],
        workflow => &[kw_workflow],
        stage => &[kw_stage],
        open => &[kw_open],
        due => &[kw_due],
        fill => &[kw_fill],
        review => &[kw_review],
        send => &[kw_send],
        public_notice => &[kw_public_notice],
        may => &[kw_may],
        on => &[kw_on_outcome],
        stage_member | stage_word => &[kw_on_outcome, kw_fill, kw_review, kw_send, kw_public_notice, kw_may],
        form => &[kw_form],
        cover => &[kw_cover],
        part => &[kw_part],
        group => &[kw_group],
        width => &[kw_width],
        form_row => &[kw_row],
        form_note => &[kw_note],
        grid => &[kw_grid],
        grid_rows => &[kw_rows],
        grid_unit | in_unit => &[kw_in_unit],
        sealed_copy => &[kw_sealed],
        seal => &[kw_seal],
        prompt => &[kw_prompt],
        help => &[kw_help],
        opinion => &[kw_opinion_of],
        signature => &[kw_signature],
        signed_date => &[kw_signed_date],
        summary => &[kw_summary],
        of_form => &[kw_of_form],
        summary_head => &[kw_head],
        column => &[kw_column],
        column_group => &[kw_columns],
        type_to => &[kw_to],
        type_step => &[kw_step],
        limit => &[kw_about, kw_at_most, kw_at_least],
        t_file => &[kw_t_file],
        t_decimal => &[kw_t_decimal],
        t_percent => &[kw_t_percent],
        t_money => &[kw_t_money],
        t_choice => &[kw_t_one_of, kw_t_any_of],
        t_many_of => &[kw_t_any_of],
        targets => &[kw_targets],
        reported_by => &[kw_reported_by],
        for_all => &[kw_for_all],
        strive => &[kw_strive],
        milestone | milestone_time => &[kw_by_year, kw_each_year, kw_year_n, kw_total_years],
        scenario => &[kw_scenario],
        given => &[kw_given],
        sent => &[kw_sent],
        sent_on => &[kw_on_time],
        step_at => &[kw_step_at],
        step_on => &[kw_step_on],
        step_closed => &[kw_step_closed],
        step_open => &[kw_step_open],
        step_reading => &[kw_step_reading],
        expect => &[kw_expect],
        expect_verdict => &[kw_verdict],
        expect_package => &[kw_package],
        expect_no_finding => &[kw_no_finding],
        expect_status => &[kw_status],
        expect_tag => &[kw_tag],
        expect_note => &[kw_expect_note],
        expect_outcome => &[kw_outcome],
        expect_finding => &[kw_finding],
        package_state => &[kw_s_complete, kw_s_returned, kw_s_reason_needed, kw_s_unknown],
        result => &[kw_s_met, kw_s_unmet, kw_s_unknown, kw_s_pending, kw_s_not_applicable, kw_s_not_yet_due],
        blank => &[kw_blank],
        absent => &[kw_absent],
        unknown => &[kw_unknown],
        inferred => &[kw_inferred],
        as_key => &[kw_as],
        choice | choice_arm | item_choice | item_arm => &[kw_if],
        aggregate_where => &[kw_where],
        share_base => &[kw_among],
        share => &[kw_share],
        split => &[kw_split],
        round_digits => &[kw_to],
        extreme => &[kw_larger_of, kw_smaller_of, kw_later_of, kw_earlier_of],
        elapsed => &[kw_years_between, kw_months_between, kw_days_between],
        of_day | day_part => &[
            kw_year_of,
            kw_month_of,
            kw_day_of_month,
            kw_day_of_week,
            kw_start_of_week,
            kw_start_of_month,
            kw_start_of_quarter,
            kw_start_of_year,
            kw_end_of_week,
            kw_end_of_month,
            kw_end_of_quarter,
            kw_end_of_year,
        ],
        due_of => &[kw_due_of],
        time_of => &[kw_time_of],
        length_of => &[kw_length_of],
        yes => &[kw_yes],
        no => &[kw_no],
        _ => return None,
    })
}

/// A rule that stands for every keyword of one position.
fn position_of(asked: Rule) -> Option<&'static str> {
    Some(match asked {
        Rule::strength | Rule::rule => "strength",
        Rule::header | Rule::header_key => "header",
        Rule::verdict => "verdict",
        Rule::reading_word => "reading-value",
        Rule::method => "method",
        Rule::item => "item",
        _ => return None,
    })
}

fn word(asked: Rule) -> Option<Word> {
    use Rule::*;
    let kind = |zh: &str, en: &str| Some(Word::Kind(Text { zh: zh.to_owned(), en: en.to_owned() }));
    match asked {
        colon => Some(Word::Sign(":")),
        arrow => Some(Word::Sign("->")),
        bar => Some(Word::Sign("|")),
        lparen | type_digits | paren => Some(Word::Sign("(")),
        rparen => Some(Word::Sign(")")),
        rbracket => Some(Word::Sign("]")),
        lbrace | items | clauses | reading_settings | track_members | score_items | stage_members | select_members | form_members
        | summary_members | table_body | entries | use_names | t_record => Some(Word::Sign("{")),
        rbrace => Some(Word::Sign("}")),
        equals | computed => Some(Word::Sign("=")),
        lbracket | index | data_list | cell_band => Some(Word::Weak("[")),
        dot | member_of => Some(Word::Weak(".")),
        comma | semicolon => Some(Word::Weak(",")),
        percent => Some(Word::Weak("%")),
        plus | minus | arithmetic_op => Some(Word::Weak("+")),
        times | divide => Some(Word::Weak("*")),
        compare_op | not_equal | less_equal | more_equal | less | more | double_equal | between | about | in_set | is_given | within => {
            Some(Word::Weak("="))
        }
        value_tail | aggregate_op | round_mode => None,
        name | ref_name | names | decl | decl_plain | word | quoted | assert_name | duty_name | sent_key | end_result | status_end
        | enum_value | reading_option | column_head | column_child | column_parts | target | waived | format | total => {
            kind("名称", "a name")
        }
        unit => kind("单位", "a unit"),
        string | message | straight_text | curly_text | turned_text | wide_text | curly_pair | raw_text => {
            kind("引号里的文字", "a quoted text")
        }
        cites => kind("方括号里的引用", "a citation in brackets"),
        cite | address | address_text | address_end => kind("条款编号", "the number of a clause"),
        clause_number | subclause => kind("条款编号", "the number of a clause"),
        integer | digit | thousands => kind("整数", "a whole number"),
        decimal | amount | last_amount => kind("数字", "a number"),
        duration | window => kind("期限，如 2年", "a duration such as `2 years`"),
        date | iso_day | han_day | clock | han_clock | odd_date => kind("日期", "a date"),
        type_expr | type_kind | plain_type | measure_type => kind("类型，如 文本、数量", "a type such as `Text` or `Count`"),
        expr | disjunction | negation | comparison | value | sum | factor | atom | path | call | aggregate | consecutive | round | data
        | stated_moment | counted | criterion => kind("一个值或条件", "a value or condition"),
        test => kind("要检查的内容", "what is tested"),
        measure => kind("衡量的内容", "what is measured"),
        repealed => kind("声明的种类，如 名额、必须", "a kind of declaration, such as `quota` or `require`"),
        field | indicator | member | entry | grid_cells | reading_setting | form_member => kind("名称", "a name"),
        reading_value => kind("口径的取值", "a reading's value"),
        expectation | expect_result | expect_value | expect_order | expect_place => kind("预期的结果", "what is expected"),
        milestone_bound => kind("指标的下限或上限", "a bound"),
        row | cell | only_cell | filled | cell_otherwise | cell_set | cell_values | cell_any | cell_empty | band_low | band_high
        | columns => kind("表格的一格", "a cell of the table"),
        _ => None,
    }
}

impl Word {
    /// How it is written, for a message: canonical spellings, in the language of the message.
    pub fn text(&self) -> Text {
        match self {
            Word::Keyword(k) => {
                let zh = if k.chinese.is_empty() { k.english } else { k.chinese };
                let en = if k.english.is_empty() { k.chinese } else { k.english };
                text!("“{zh}”", "`{en}`")
            }
            Word::Sign(sign) | Word::Weak(sign) => text!("{sign}", "`{sign}`"),
            Word::Kind(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules that no message asks for: the file, what recovers, tests for many words at once.
    const SILENT: &[Rule] =
        &[Rule::EOI, Rule::file, Rule::bad, Rule::odd, Rule::reserved, Rule::aggregate_op, Rule::round_mode, Rule::value_tail];

    #[test]
    fn every_rule_has_words() {
        let grammar = include_str!("../../../grammar/prog.pest");
        let mut wordless = Vec::new();
        for asked in Rule::all_rules() {
            let name = format!("{asked:?}");
            // pest never reports a silent rule, and `…_word` stands in lookaheads only.
            let unheard = grammar.lines().any(|l| l.starts_with(&name) && l[name.len()..].trim_start().starts_with("= _{"));
            let words = of(*asked);
            if !unheard && !name.ends_with("_word") && !SILENT.contains(asked) && words.is_empty() {
                wordless.push(name.clone());
            }
            for word in words {
                let text = word.text();
                assert!(!text.zh.is_empty() && !text.en.is_empty() && !text.en.contains('_'), "{name}: {text:?}");
            }
        }
        assert!(wordless.is_empty(), "{wordless:?}");
    }
}
