#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/sentence_int.h"
#include "store/page.h"

enum { COMMITS = 20 };

static void begin_fact(struct page *page, struct str name)
{
    OUT(page->out, "<dt>{}</dt><dd>", name);
}

static void end_fact(struct page *page)
{
    out_raw(page->out, "</dd>\n");
}

/* what is copied digit by digit: keys, hashes, commands */
static struct markup code(struct page *page, struct str text)
{
    return MARKUP(page, "<bdi dir=\"ltr\"><code>{}</code></bdi>", text);
}

static struct markup key_code(struct page *page, const struct public_key *key)
{
    char digits[PUBLIC_KEY_DIGITS + 1];
    public_key_write(key, digits);
    return code(page, arena_copy(page->arena, str_of(digits)));
}

static void write_number(struct page *page, struct str name, int64_t number)
{
    begin_fact(page, name);
    out_text(page->out, voice_number(&page->voice, page->arena, number));
    end_fact(page);
}

static void write_code(struct page *page, struct str name, struct markup text)
{
    begin_fact(page, name);
    markup_write(page, text);
    end_fact(page);
}

static void begin_section(struct page *page, const char *id, struct str title)
{
    OUT(page->out, "<section aria-labelledby=\"{}\"><h2 id=\"{1}\">{}</h2>\n", str_of(id), title);
}

/* ---- the record ---- */

static void write_counts(struct page *page, const struct archive_state *s)
{
    const struct voice *v = &page->voice;
    char head[HASH_DIGITS + 1];
    hash_write(&s->head, head);
    begin_section(page, "record", SAY(v, "What it holds"));
    out_raw(page->out, "<dl class=\"facts\">\n");
    write_number(page, SAY(v, "Documents"), s->documents);
    write_number(page, SAY(v, "Statements accepted"), s->accepted);
    if (s->rejected)
        write_number(page, SAY(v, "Statements rejected"), s->rejected);
    if (s->undecided)
        write_number(page, SAY(v, "Statements disputed"), s->undecided);
    write_number(page, SAY(v, "Proposals that wait"), s->proposed);
    write_number(page, SAY(v, "Commits"), s->commits);
    write_code(page, SAY(v, "Head"), code(page, arena_copy(page->arena, str_of(head))));
    out_raw(page->out, "</dl>\n<p class=\"soft\">");
    out_text(page->out, SAY(v, "The head stands for every commit in the order in which they came. "
                               "Written down elsewhere, it shows whether an archive was put back "
                               "to an older state."));
    out_raw(page->out, "</p></section>\n");
}

/* ---- when it was checked ---- */

static struct markup checked_said(struct page *page, const struct verification *checked)
{
    const struct voice *v = &page->voice;
    struct markup command = code(page, STR("govah verify"));
    if (!checked->known)
        return SENTENCE(page, SAY(v, "Never on this device: {1}"), command);
    struct markup at = MARKUP(page, "{}", voice_moment(v, page->arena, checked->at));
    struct markup found = MARKUP(page, "{}", voice_number(v, page->arena, checked->findings));
    if (checked->findings)
        return SENTENCE(page,
                        SAY_COUNT(v, "{1}: {2} finding. {3} says what is wrong where.",
                                  "{1}: {2} findings. {3} says what is wrong where.",
                                  checked->findings),
                        at, found, command);
    if (!checked->all_looked_at)
        return SENTENCE(page,
                        SAY(v, "{1}: every hash, signature and link held. Commits came since: "
                               "{2}"),
                        at, command);
    return SENTENCE(page, SAY(v, "{1}: every hash, signature and link held."), at);
}

static enum outcome write_verification(struct page *page, struct fault *why)
{
    struct verification checked;
    enum outcome result = archive_last_verification(page->archive, page->arena, &checked, why);
    if (result != OK)
        return result;
    begin_section(page, "checked", SAY(&page->voice, "Last verification"));
    out_raw(page->out, "<p>");
    markup_write(page, checked_said(page, &checked));
    out_raw(page->out, "</p></section>\n");
    return OK;
}

/* ---- who ---- */

static struct str standing_said(const struct voice *v, const struct member_view *m)
{
    if (m->owner)
        return SAY(v, "owner");
    if (m->undecided)
        return SAY(v, "undecided: counts for nothing until somebody decides");
    return m->member ? SAY(v, "member") : SAY(v, "not a member");
}

static void write_member(struct page *page, const struct member_view *m)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<tr><th scope=\"row\"><bdi>{}</bdi>",
        m->name.len ? m->name : SAY(v, "without a name"));
    if (m->own)
        OUT(page->out, " <small>{}</small>", SAY(v, "this device"));
    OUT(page->out, "</th><td>{}</td><td>", standing_said(v, m));
    OUT_SENTENCE(page->out, SAY_COUNT(v, "{} commit", "{} commits", m->commits),
                 voice_number(v, page->arena, m->commits));
    if (m->quarantined) {
        out_raw(page->out, ", ");
        OUT_SENTENCE(
            page->out,
            SAY_COUNT(v, "{} of them in quarantine", "{} of them in quarantine", m->quarantined),
            voice_number(v, page->arena, m->quarantined));
    }
    out_raw(page->out, "</td><td>");
    markup_write(page, key_code(page, &m->key));
    out_raw(page->out, "</td></tr>\n");
}

static enum outcome write_members(struct page *page, struct fault *why)
{
    struct member_view *members;
    size_t count;
    const struct voice *v = &page->voice;
    enum outcome result = archive_members(page->archive, page->arena, &members, &count, why);
    if (result != OK)
        return result;
    begin_section(page, "members", SAY(v, "Members"));
    OUT(page->out,
        "<table class=\"stacks\" aria-labelledby=\"members\"><thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n"
        "<tbody>\n",
        SAY(v, "Name"), SAY(v, "Standing"), SAY(v, "Commits"), SAY(v, "Key"));
    for (size_t i = 0; i < count; i++)
        write_member(page, &members[i]);
    out_raw(page->out, "</tbody></table></section>\n");
    return OK;
}

/* ---- commits ---- */

static void write_waiting(struct page *page, const struct archive_state *s)
{
    const struct voice *v = &page->voice;
    if (!s->quarantined && !s->waiting)
        return;
    out_raw(page->out, "<div class=\"notice\">");
    if (s->quarantined) {
        out_raw(page->out, "<p>");
        struct markup number = MARKUP(page, "{}", voice_number(v, page->arena, s->quarantined));
        markup_write(
            page,
            SENTENCE(page,
                     SAY_COUNT(v,
                               "{1} commit waits in quarantine: its key is no member's. Compare "
                               "the key with its holder over another channel, then let the owner "
                               "decide: {2}",
                               "{1} commits wait in quarantine: their keys are no members'. "
                               "Compare the keys with their holders over another channel, then "
                               "let the owner decide: {2}",
                               s->quarantined),
                     number, code(page, STR("govah members --admit KEY --name NAME"))));
        out_raw(page->out, "</p>");
    }
    if (s->waiting) {
        out_raw(page->out, "<p>");
        OUT_SENTENCE(page->out,
                     SAY_COUNT(v,
                               "{} commit waits for another one that is not here: ask its sender "
                               "for a whole export.",
                               "{} commits wait for others that are not here: ask their sender "
                               "for a whole export.",
                               s->waiting),
                     voice_number(v, page->arena, s->waiting));
        out_raw(page->out, "</p>");
    }
    out_raw(page->out, "</div>\n");
}

static struct str commit_standing(const struct voice *v, enum commit_view_state state)
{
    switch (state) {
    case COMMIT_VIEW_COUNTS:
        return SAY(v, "counts");
    case COMMIT_VIEW_QUARANTINED:
        return SAY(v, "in quarantine");
    case COMMIT_VIEW_WAITS:
        return SAY(v, "waits for another commit");
    }
    bug("a commit in no state");
}

static void write_commit(struct page *page, const struct commit_view *c)
{
    const struct voice *v = &page->voice;
    char id[HASH_DIGITS + 1];
    hash_write(&c->id, id);
    out_raw(page->out, "<tr><td>");
    part_moment(page, c->at);
    OUT(page->out, "</td><td><bdi>{}</bdi></td><td><bdi>{}</bdi></td><td>{}</td><td>",
        c->author_name.len ? c->author_name : SAY(v, "without a name"),
        voice_detail(v, page->arena, c->note), commit_standing(v, c->state));
    markup_write(page, code(page, arena_print(page->arena, "%.16s", id)));
    out_raw(page->out, "</td></tr>\n");
}

static enum outcome write_commits(struct page *page, const struct archive_state *s,
                                  struct fault *why)
{
    struct commit_view *commits;
    size_t count;
    const struct voice *v = &page->voice;
    enum outcome result =
        archive_commit_page(page->archive, 0, COMMITS, page->arena, &commits, &count, why);
    if (result != OK)
        return result;
    begin_section(page, "commits", SAY(v, "The latest commits"));
    write_waiting(page, s);
    OUT(page->out,
        "<table class=\"stacks\" aria-labelledby=\"commits\"><thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        SAY(v, "When"), SAY(v, "Who"), SAY(v, "Note"), SAY(v, "Standing"), SAY(v, "Commit"));
    for (size_t i = 0; i < count; i++)
        write_commit(page, &commits[i]);
    out_raw(page->out, "</tbody></table></section>\n");
    return OK;
}

/* ---- where and how it is kept ---- */

static void write_keeping(struct page *page)
{
    const struct voice *v = &page->voice;
    begin_section(page, "kept", SAY(v, "How it is kept"));
    out_raw(page->out, "<dl class=\"facts\">\n");
    if (page->site->folder.len)
        write_code(page, SAY(v, "Folder"), code(page, page->site->folder));
    begin_fact(page, SAY(v, "Encryption"));
    out_text(
        page->out,
        SAY(v,
            "The record and its evidence are encrypted under one key, which opens with the passphrase or the recovery key and with nothing else."));
    end_fact(page);
    write_code(page, SAY(v, "Key of this device"), key_code(page, archive_own_key(page->archive)));
    write_code(page, SAY(v, "Key of the owner"), key_code(page, archive_owner(page->archive)));
    write_code(page, SAY(v, "Program"), code(page, STR("govah " GOVAH_VERSION)));
    write_code(page, SAY(v, "Reader"), code(page, STR(READER_VERSION)));
    out_raw(page->out, "</dl></section>\n");
}

enum outcome page_about(struct page *page, struct fault *why)
{
    struct archive_state state;
    enum outcome result = archive_summary(page->archive, &state, why);
    if (result != OK)
        return result;
    page->title = SAY(&page->voice, "About this archive");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    OUT(page->out, "<h1>{}</h1>\n<div class=\"about\">\n", page->title);
    write_counts(page, &state);
    result = write_verification(page, why);
    if (result == OK) {
        write_keeping(page);
        result = write_members(page, why);
    }
    if (result == OK)
        result = write_commits(page, &state, why);
    out_raw(page->out, "</div>\n");
    return result;
}
