#include <errno.h>
#include <termios.h>
#include <unistd.h>

#include "command/rulings.h"
#include "account/describe.h"
#include "case/decided.h"
#include "store/decide.h"
#include "read/read.h"

const char cmd_review_usage[] =
    "usage: govah review [--document ID]\n"
    "       govah review --accept ID... | --reject ID... | --retract ID... [--why TEXT]\n"
    "       govah review --corroborated ID... | --disputed ID... --why TEXT | --withdraw ID...\n"
    "       govah review --accept all --why TEXT\n"
    "       govah review --edit ID --set FIELD=VALUE... [--why TEXT]\n"
    "\n"
    "  --document ID   only this document's proposals\n"
    "  --accept ID     the document says this\n"
    "  --reject ID     it does not\n"
    "  --retract ID    take that back\n"
    "  --corroborated ID   what it says was verified, by whatever the reason names\n"
    "  --disputed ID   what it says is doubted\n"
    "  --withdraw ID   take back that it is corroborated or disputed\n"
    "  --edit ID       reject it, and accept it with other fields instead\n"
    "  --why TEXT      the reason, kept with the decision\n"
    "\n"
    "Goes through what waits for a decision, a sentence at a time with all it proposes. Keys:\n"
    "  a accept   r reject   e edit   s skip   u undo   q quit   ? explain\n"
    "  c corroborated   d disputed: with a reason, and it goes on waiting to be accepted\n"
    "  A accept, R reject all that is left of the sentence, each by a decision of its own\n"
    "Accepting all at once is one decision, marked for ever as made without a look at each.\n"
    "\n"
    "  govah review --accept all --why \"read beside the reports\"\n";

/* As many as an object and its commit have room for (OBJECT_LIMIT), and as many as are gathered
 * before they are decided: their views take some 20 MB. */
enum { DECISION_STATEMENTS = 50000, GATHERED_STATEMENTS = 10000 };

/* one decision of this session */
struct step {
    size_t at;
    bool weighed; /* corroborated or disputed, and not accepted or rejected */
};

struct review {
    struct archive *archive;
    struct statement_view *all;
    size_t count;
    struct arena session;
    struct arena arena; /* of the text shown now */
    struct hash text_id;
    struct buf text;
    struct reading sentences;
    struct step *decided; /* what was decided in this session, in order, to be undone backwards */
    size_t decided_count, decided_room;
    struct termios before;
    bool terminal;
};

/* ---- one key or line from the person ---- */

static int read_key(struct review *r)
{
    char c;
    ssize_t got;
    fflush(stdout);
    if (r->terminal) {
        struct termios raw = r->before;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    do
        got = read(STDIN_FILENO, &c, 1);
    while ((got < 0 && errno == EINTR) || (got == 1 && !r->terminal && (c == '\n' || c == ' ')));
    if (r->terminal)
        tcsetattr(STDIN_FILENO, TCSANOW, &r->before);
    return got == 1 ? (unsigned char)c : 'q';
}

static bool read_line(struct buf *out)
{
    char c;
    fflush(stdout);
    buf_clear(out);
    while (read(STDIN_FILENO, &c, 1) == 1) {
        if (c == '\n')
            return true;
        buf_add_byte(out, c);
    }
    return out->len > 0;
}

/* ---- what is shown ---- */

static void print_fields(const struct statement_view *v, const char *before)
{
    struct buf line;
    buf_init(&line, 64 * 1024);
    statement_describe(&line, &v->statement);
    struct buf clean;
    buf_init(&clean, 64 * 1024);
    show(&clean, buf_str(&line));
    char id[HASH_DIGITS + 1];
    hash_write(&v->id, id);
    printf("%s%s %.8s  %s%.*s%s\n", before,
           statement_is_hatched(v)     ? "◐"
           : v->state == VIEW_ACCEPTED ? "●"
           : v->state == VIEW_REJECTED ? "×"
                                       : "○",
           id, paint(PAINT_BOLD), STR_ARG(buf_str(&clean)), paint(PAINT_NONE));
    buf_release(&clean);
    buf_release(&line);
}

static void load_text(struct review *r, const struct hash *id)
{
    struct fault why;
    if (hash_equal(&r->text_id, id))
        return;
    arena_release(&r->arena);
    buf_clear(&r->text);
    if (archive_text(r->archive, id, &r->text, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    read_sentences(reader_of_store()->context, buf_str(&r->text), NULL, &r->arena, &r->sentences);
    r->text_id = *id;
}

/* the sentences that a quote reaches over */
static struct span sentence_of(const struct review *r, struct span quote)
{
    struct span out = quote;
    for (size_t i = 0; i < r->sentences.sentences_count; i++) {
        struct span s = r->sentences.sentences[i].at;
        if (s.from < quote.to && quote.from < s.to) {
            out.from = s.from < out.from ? s.from : out.from;
            out.to = s.to > out.to ? s.to : out.to;
        }
    }
    return out;
}

/* the end of those behind i that stand in the same sentence */
static size_t group_end(struct review *r, size_t i)
{
    struct span sentence = sentence_of(r, r->all[i].statement.quote);
    size_t end = i + 1;
    while (end < r->count && hash_equal(&r->all[end].statement.text, &r->text_id) &&
           r->all[end].statement.quote.from < sentence.to)
        end++;
    return end;
}

static void print_sentence(struct review *r, size_t from, size_t end)
{
    struct buf shown;
    struct str text = buf_str(&r->text);
    struct span sentence = sentence_of(r, r->all[from].statement.quote);
    size_t at = sentence.from;
    buf_init(&shown, 1 << 20);
    for (size_t i = from; i < end; i++) {
        struct span q = r->all[i].statement.quote;
        if (q.from < at)
            q.from = at;
        if (q.from >= q.to || q.to > sentence.to)
            continue;
        show(&shown, str_slice(text, at, q.from));
        buf_add_text(&shown, colour_wanted() ? paint(PAINT_BOLD) : "[");
        show(&shown, str_slice(text, q.from, q.to));
        buf_add_text(&shown, colour_wanted() ? paint(PAINT_NONE) : "]");
        at = q.to;
    }
    show(&shown, str_slice(text, at, sentence.to));
    printf("\n  %.*s\n\n", STR_ARG(buf_str(&shown)));
    buf_release(&shown);
}

static void print_head(const struct review *r, size_t i)
{
    const struct statement_view *v = &r->all[i];
    struct buf title;
    buf_init(&title, 4096);
    show(&title, v->document_title.len ? v->document_title : v->document_name);
    printf("\n%s%zu of %zu%s  %.*s  %.*s\n", paint(PAINT_DIM), i + 1, r->count, paint(PAINT_NONE),
           STR_ARG(buf_str(&title)), STR_ARG(v->document_published));
    buf_release(&title);
}

static void explain(struct review *r, const struct statement_view *v)
{
    struct arena arena;
    struct decision_view *decisions;
    size_t count;
    struct fault why;
    struct buf clean;
    arena_init(&arena);
    buf_init(&clean, 64 * 1024);
    show(&clean, v->why);
    printf("  confidence %d of 1000; %.*s\n", v->confidence, STR_ARG(buf_str(&clean)));
    if (archive_decisions(r->archive, &v->id, &arena, &decisions, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&clean);
        show(&clean, decisions[i].author_name);
        buf_add_text(&clean, ": ");
        show(&clean, decisions[i].why);
        printf("  %.*s %s%s by %.*s\n", STR_ARG(decisions[i].at),
               verdict_name(decisions[i].verdict), decisions[i].active ? "" : " (no more)",
               STR_ARG(buf_str(&clean)));
    }
    buf_release(&clean);
    arena_release(&arena);
}

/* ---- going through ---- */

static void note_decided(struct review *r, size_t i, bool weighed)
{
    r->decided =
        arena_grow(&r->session, r->decided, r->decided_count, &r->decided_room, sizeof *r->decided);
    r->decided[r->decided_count++] = (struct step){i, weighed};
}

static void decided(struct review *r, size_t i, enum verdict verdict)
{
    struct fault why;
    if (decide(r->archive, &r->all[i], 1, verdict, STR_NONE, false, str_of(now_utc().text), &why) !=
        OK)
        die(status_of(why.code), "%s", why.text);
    note_decided(r, i, false);
    r->all[i].state = verdict == VERDICT_ACCEPT ? VIEW_ACCEPTED : VIEW_REJECTED;
}

/* the reason is asked for; without one nothing is decided */
static void weigh(struct review *r, size_t i, enum verdict verdict)
{
    struct buf line;
    struct fault why;
    buf_init(&line, 16 * 1024);
    printf("  %s, because: ", verdict_name(verdict));
    if (!read_line(&line) || !str_trim(buf_str(&line)).len) {
        puts("  nothing is decided: that needs a reason");
    } else if (decide(r->archive, &r->all[i], 1, verdict, str_trim(buf_str(&line)), false,
                      str_of(now_utc().text), &why) != OK) {
        die(status_of(why.code), "%s", why.text);
    } else {
        r->all[i].weighed = verdict == VERDICT_DISPUTED ? WEIGHED_DISPUTED : WEIGHED_CORROBORATED;
        note_decided(r, i, true);
    }
    buf_release(&line);
}

static size_t undo(struct review *r, size_t i)
{
    struct fault why;
    if (!r->decided_count) {
        puts("  nothing is left to undo in this session");
        return i;
    }
    struct step last = r->decided[--r->decided_count];
    struct str reason = STR("undone in review"), at = str_of(now_utc().text);
    struct statement_view *view = &r->all[last.at];
    if ((last.weighed
             ? decide_weighing_back(r->archive, view, 1, reason, at, &why)
             : decide(r->archive, view, 1, VERDICT_RETRACT, reason, false, at, &why)) != OK)
        die(status_of(why.code), "%s", why.text);
    if (last.weighed)
        view->weighed = WEIGHED_NOT;
    else
        view->state = VIEW_PROPOSED;
    rulings_of_print(r->archive, view, 1, last.weighed, &r->session);
    return last.at;
}

static bool edit(struct review *r, size_t i)
{
    struct buf line;
    struct fault why;
    struct arena arena;
    struct statement changed = r->all[i].statement;
    bool any = false;
    arena_init(&arena);
    buf_init(&line, 16 * 1024);
    puts("  FIELD=VALUE, a line each; an empty line ends (an empty value removes a field)");
    for (;;) {
        fputs("  > ", stdout);
        if (!read_line(&line) || !line.len)
            break;
        if (statement_set(&changed, arena_copy(&arena, buf_str(&line)), &arena, &why) != OK)
            complain(NULL, why.text);
        else
            any = true;
    }
    bool done = false;
    if (any &&
        decide_edit(r->archive, &r->all[i], &changed, STR_NONE, str_of(now_utc().text), &why) != OK)
        complain(NULL, why.text);
    else if (any)
        done = true;
    buf_release(&line);
    arena_release(&arena);
    return done;
}

/* decides all that is left of a sentence; returns what comes behind it */
static size_t decide_rest(struct review *r, size_t i, size_t end, enum verdict verdict)
{
    while (i < end)
        decided(r, i++, verdict);
    return i;
}

static void go_through(struct review *r)
{
    size_t end = 0;
    for (size_t i = 0; i < r->count;) {
        const struct statement_view *v = &r->all[i];
        if (i >= end) {
            load_text(r, &v->statement.text);
            end = group_end(r, i);
            print_head(r, i);
            print_sentence(r, i, end);
            for (size_t k = i; k < end && end - i > 1; k++)
                print_fields(&r->all[k], "  ");
        }
        print_fields(v, "▸ ");
        printf(
            "  %sa accept  r reject  e edit  c corroborated  d disputed  s skip  u undo  ? explain  q quit%s ",
            paint(PAINT_DIM), paint(PAINT_NONE));
        int key = read_key(r);
        putchar('\n');
        if (key == 'q')
            return;
        if (key == 'a' || key == 'r')
            decided(r, i++, key == 'a' ? VERDICT_ACCEPT : VERDICT_REJECT);
        else if (key == 'A' || key == 'R')
            i = decide_rest(r, i, end, key == 'A' ? VERDICT_ACCEPT : VERDICT_REJECT);
        else if (key == 'c' || key == 'd')
            weigh(r, i, key == 'c' ? VERDICT_CORROBORATED : VERDICT_DISPUTED);
        else if (key == 's')
            i++;
        else if (key == 'u')
            i = undo(r, i), end = 0;
        else if (key == '?')
            explain(r, v);
        else if (key == 'e' && edit(r, i))
            i++;
    }
    puts("\nNothing else waits for a decision.");
}

static int interactive(struct session *s, struct arena *arena, const char *document)
{
    struct review r = {.archive = s->archive, .terminal = tcgetattr(STDIN_FILENO, &r.before) == 0};
    struct statement_filter waiting = {.waiting = true};
    struct fault why;
    if (archive_statements(s->archive, &waiting, arena, &r.all, &r.count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    size_t kept = 0;
    for (size_t i = 0; i < r.count && document; i++) {
        char id[HASH_DIGITS + 1];
        hash_write(&r.all[i].document, id);
        if (str_starts(str_of(id), str_of(document)))
            r.all[kept++] = r.all[i];
    }
    if (document)
        r.count = kept;
    arena_init(&r.session);
    arena_init(&r.arena);
    buf_init(&r.text, 64u << 20);
    if (!r.count)
        puts("Nothing waits for a decision.");
    else
        go_through(&r);
    buf_release(&r.text);
    arena_release(&r.arena);
    arena_release(&r.session);
    return EXIT_DONE;
}

/* ---- decisions on the command line ---- */

struct request {
    bool some, withdraw;
    enum verdict verdict;
    const char *document, *edit;
    struct str why;
    bool all;
    struct str *sets;
    size_t sets_count;
    const char **ids;
    size_t ids_count;
};

static enum verdict verdict_of(const char *option)
{
    static const enum verdict verdicts[] = {VERDICT_ACCEPT, VERDICT_REJECT, VERDICT_CORROBORATED,
                                            VERDICT_DISPUTED};
    for (size_t i = 0; i < COUNT_OF(verdicts); i++)
        if (strcmp(option, verdict_name(verdicts[i])) == 0)
            return verdicts[i];
    return VERDICT_RETRACT;
}

static struct request read_request(struct session *s, int argc, char **argv, struct arena *arena)
{
    struct options o = options_of(argc, argv);
    struct request r = {0};
    const char *option;
    (void)s;
    r.ids = arena_alloc(arena, (size_t)argc * sizeof *r.ids);
    r.sets = arena_alloc(arena, (size_t)argc * sizeof *r.sets);
    for (;;) {
        while (
            (option = option_next(
                 &o, "accept reject retract corroborated disputed withdraw edit set why document",
                 ""))) {
            if (strcmp(option, "why") == 0)
                r.why = str_of(o.value);
            else if (strcmp(option, "document") == 0)
                r.document = o.value;
            else if (strcmp(option, "set") == 0)
                r.sets[r.sets_count++] = str_of(o.value);
            else if (strcmp(option, "edit") == 0)
                r.edit = o.value;
            else {
                enum verdict verdict = verdict_of(option);
                bool withdraw = strcmp(option, "withdraw") == 0;
                if (r.some && (r.verdict != verdict || r.withdraw != withdraw))
                    die(EXIT_USAGE, "one kind of decision at a time");
                r.some = true;
                r.withdraw = withdraw;
                r.verdict = verdict;
                r.ids[r.ids_count++] = o.value;
            }
        }
        const char *operand = operand_next(&o);
        if (!operand)
            break;
        r.ids[r.ids_count++] = operand;
    }
    r.all = r.ids_count == 1 && strcmp(r.ids[0], "all") == 0;
    if ((r.ids_count && !r.some) || (r.edit && r.some) || (!r.edit == !!r.sets_count) ||
        (r.document && (r.some || r.edit)))
        die(EXIT_USAGE, "that is not a review command; see govah review --help");
    if (r.some && verdict_weighs(r.verdict) && (r.all || !r.why.len))
        die(EXIT_USAGE, "to call a statement %s needs its id and a reason: --why TEXT",
            verdict_name(r.verdict));
    if (r.all && (r.verdict == VERDICT_RETRACT || !r.why.len))
        die(EXIT_USAGE, "deciding all at once needs a reason: --why TEXT");
    return r;
}

static enum outcome decide_in_parts(struct session *s, const struct request *r,
                                    const struct statement_view *views, size_t count,
                                    size_t *decisions, struct fault *why)
{
    enum outcome result = OK;
    for (size_t done = 0; done < count && result == OK; done += DECISION_STATEMENTS) {
        size_t some = count - done < DECISION_STATEMENTS ? count - done : DECISION_STATEMENTS;
        result = r->withdraw ? decide_weighing_back(s->archive, views + done, some, r->why,
                                                    str_of(now_utc().text), why)
                             : decide(s->archive, views + done, some, r->verdict, r->why, r->all,
                                      str_of(now_utc().text), why);
        ++*decisions;
    }
    return result;
}

/* text by text, so that no more is in memory than is decided at once */
static enum outcome decide_all(struct session *s, const struct request *r, struct arena *arena,
                               size_t *count, size_t *decisions, struct fault *why)
{
    struct hash_list texts;
    struct arena part;
    struct statement_view *views = NULL, *more;
    size_t gathered = 0, some = 0, room = 0;
    enum outcome result = archive_waiting_texts(s->archive, arena, &texts, why);
    arena_init(&part);
    for (size_t i = 0; i < texts.count && result == OK; i++) {
        struct statement_filter waiting = {.text = &texts.at[i], .waiting = true};
        result = archive_statements(s->archive, &waiting, &part, &more, &some, why);
        if (result != OK)
            break;
        if (gathered + some > room) {
            room = 2 * (gathered + some);
            views = mem_resize_array(views, room, sizeof *views);
        }
        if (some)
            memcpy(views + gathered, more, some * sizeof *views);
        gathered += some;
        if (gathered < GATHERED_STATEMENTS && i + 1 < texts.count)
            continue;
        result = decide_in_parts(s, r, views, gathered, decisions, why);
        *count += gathered;
        gathered = 0;
        arena_release(&part);
    }
    arena_release(&part);
    mem_free(views);
    return result;
}

static enum outcome decide_named(struct session *s, const struct request *r, struct arena *arena,
                                 struct statement_view *views, size_t *count, size_t *decisions,
                                 struct fault *why)
{
    enum outcome result = OK;
    for (; *count < r->ids_count && result == OK; ++*count)
        result = archive_statement(s->archive, str_of(r->ids[*count]), arena, &views[*count], why);
    return result == OK ? decide_in_parts(s, r, views, *count, decisions, why) : result;
}

static void say_listed(struct session *s, const struct request *r,
                       const struct statement_view *views, size_t count, size_t decisions,
                       struct arena *arena)
{
    bool back = r->verdict == VERDICT_RETRACT;
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "verdict", str_of(verdict_name(r->verdict)));
        json_put_int(out, "statements", (int64_t)count);
        if (back)
            json_put_new(out, "still",
                         rulings_of_json(s->archive, views, count, r->withdraw, arena));
        print_json(out);
        return;
    }
    printf("%s: %zu statement%s%s.\n", verdict_name(r->verdict), count, count == 1 ? "" : "s",
           r->all && decisions > 1 ? ", in decisions marked as bulk"
           : r->all                ? ", in one decision marked as bulk"
                                   : "");
    if (back)
        rulings_of_print(s->archive, views, count, r->withdraw, arena);
}

static int decide_listed(struct session *s, const struct request *r, struct arena *arena)
{
    size_t count = 0, decisions = 0;
    struct statement_view *views = arena_alloc(arena, (r->ids_count + 1) * sizeof *views);
    struct fault why;
    enum outcome result = r->all ? decide_all(s, r, arena, &count, &decisions, &why)
                                 : decide_named(s, r, arena, views, &count, &decisions, &why);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    say_listed(s, r, views, count, decisions, arena);
    return EXIT_DONE;
}

static int edit_listed(struct session *s, const struct request *r, struct arena *arena)
{
    struct statement_view view;
    struct statement changed;
    struct fault why;
    enum outcome result = archive_statement(s->archive, str_of(r->edit), arena, &view, &why);
    changed = view.statement;
    for (size_t i = 0; i < r->sets_count && result == OK; i++)
        result = statement_set(&changed, r->sets[i], arena, &why);
    if (result == OK)
        result = decide_edit(s->archive, &view, &changed, r->why, str_of(now_utc().text), &why);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    struct hash id = statement_id(&changed);
    char digits[HASH_DIGITS + 1];
    hash_write(&id, digits);
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "id", str_of(digits));
        print_json(out);
    } else {
        printf("Accepted %.12s in its place.\n", digits);
    }
    return EXIT_DONE;
}

int cmd_review(struct session *s, int argc, char **argv)
{
    struct arena arena;
    arena_init(&arena);
    struct request r = read_request(s, argc, argv, &arena);
    session_open(s, ARCHIVE_WRITE);
    int status = r.edit   ? edit_listed(s, &r, &arena)
                 : r.some ? decide_listed(s, &r, &arena)
                          : interactive(s, &arena, r.document);
    arena_release(&arena);
    return status;
}
