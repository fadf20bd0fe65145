/* cases_store FOLDER PEOPLE: an archive of so many people with five life events each, fifty a text,
 * four of which name courts, judges or prisons; prints as JSON how long it takes to make, to derive
 * its stays and passages anew, to open a case, to list whom a state held, to count who is what
 * among them, to open the account of an institution or an official at any page of it or for a time,
 * to show what is urgent on a day and what is expected in 90 days, as pages do,
 * and to follow one decision, with and without the first page of people behind it. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "account/agenda.h"
#include "account/alert_board.h"
#include "account/body_account.h"
#include "account/case.h"
#include "account/case_stays.h"
#include "account/census.h"
#include "base/json.h"
#include "store/page.h"
#include "text/edtf.h"

enum {
    A_TEXT = 50,
    EVENTS = 5,
    SAMPLES = 1000,
    LISTED = 50,
    DAYS = 100,
    ALERTS_SHOWN = 20,
    AGENDA_DAYS = 90,
    AGENDA_ITEMS = 25
};

/* seconds, by the clock on the wall and of the processor alone */
struct moment {
    double wall, processor;
};

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct moment now(void)
{
    return (struct moment){seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

static struct moment since(struct moment begin)
{
    struct moment end = now();
    return (struct moment){end.wall - begin.wall, end.processor - begin.processor};
}

static void must(enum outcome result, const struct fault *why)
{
    if (result == OK)
        return;
    fprintf(stderr, "cases_store: %s\n", why->text);
    exit(1);
}

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* A court, its branch and a judge for a hearing and a sentence, a prison for an arrest. */
static const struct detail *details_of(size_t event, uint64_t seed, struct arena *arena,
                                       size_t *count)
{
    static const char *const prisons[] = {"Evin Prison", "Ward 209",         "Ward 2A",
                                          "Gohardasht",  "Adelabad",         "Lakan",
                                          "Qarchak",     "a prison near Qom"};
    struct detail *out = arena_alloc(arena, 3 * sizeof *out);
    *count = 0;
    if (event == 1 || event == 2) {
        unsigned branch = (unsigned)(mix(seed) % 36);
        out[(*count)++] = (struct detail){STR("branch"), arena_print(arena, "%u", branch + 1)};
        out[(*count)++] = (struct detail){STR("court"), STR("Revolutionary Court of Tehran")};
        out[(*count)++] = (struct detail){STR("judge"), arena_print(arena, "Judge%u Of", branch)};
    } else if (event != 3) {
        out[(*count)++] =
            (struct detail){STR("prison"), str_of(prisons[mix(seed + event) % COUNT_OF(prisons)])};
    }
    return out;
}

/* A line is a person: "12345 Given Family"; all else follows from the number. */
static void read_text(void *context, struct str text, const struct document_facts *facts,
                      struct arena *arena, struct archive_reading *out)
{
    static const char *const events[EVENTS] = {"arrested", "hearing", "sentenced", "released",
                                               "arrested"};
    struct str rest = text, line;
    (void)context, (void)facts;
    out->proposals = arena_alloc(arena, A_TEXT * EVENTS * sizeof *out->proposals);
    out->incidents = arena_alloc(arena, A_TEXT * EVENTS * sizeof *out->incidents);
    while (str_cut(&rest, '\n', &line) && line.len) {
        size_t from = (size_t)(line.at - text.at), name = str_find(line, STR(" "), 0) + 1;
        uint64_t seed = mix((uint64_t)from + hash_of(text).bytes[0] * UINT64_C(977));
        int64_t day = 12000 + (int64_t)(seed % 5000);
        for (size_t i = 0; i < EVENTS; i++, day += 40 + (int64_t)(mix(seed + i) % 300)) {
            char date[16];
            edtf_write_day(day, date);
            struct statement *s = &out->proposals[out->count++].statement;
            size_t details;
            s->quote = (struct span){from + i, from + line.len};
            s->form = FORM_LIFE_EVENT;
            s->life_event = (struct life_event){
                .person = str_slice(line, name, line.len),
                .person_at = {from + name, from + line.len},
                .event = str_of(events[i]),
                .place = arena_print(arena, "Place %u", (unsigned)(seed >> 32) % 400),
                .date = arena_copy(arena, str_of(date)),
                .details = details_of(i, seed, arena, &details)};
            s->life_event.details_count = details;
        }
    }
}

static void no_incident(void *context, struct str text, const struct statement *s,
                        const struct document_facts *facts, struct arena *arena,
                        struct incident_reason *out)
{
    (void)context, (void)text, (void)s, (void)facts, (void)arena;
    *out = (struct incident_reason){STR_NONE, STR_NONE};
}

static const struct archive_reader reader = {NULL, "cases/1", read_text, no_incident};

static struct archive *make(const char *dir, struct fault *why)
{
    struct master_key key;
    struct archive *a;
    char recovery[RECOVERY_TEXT_SIZE];
    struct str passphrase = STR("a passphrase for measuring");
    must(archive_init(dir, passphrase, STR("Bench"), NULL, STR("2026-01-01T00:00:00Z"), recovery,
                      why),
         why);
    must(archive_key(dir, (struct key_secret){.text = passphrase}, &key, why), why);
    must(archive_open(dir, &key, ARCHIVE_WRITE, &reader, &a, why), why);
    return a;
}

static void add_text(struct archive *a, size_t number, size_t people, struct fault *why)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < people; i++)
        buf_print(&text, "%zu Given%zu Family%zu\n", number * A_TEXT + i, (number + i) % 4999,
                  (size_t)(mix(number * A_TEXT + i) % 9973));
    struct str bytes = buf_str(&text);
    struct capture capture = {.bytes = hash_of(bytes),
                              .size = (int64_t)bytes.len,
                              .by = *archive_own_key(a),
                              .at = STR("2026-01-01T00:00:00Z"),
                              .facts = {.published = STR("2025-01-01")}};
    must(archive_put_document(a, &capture, bytes, STR("text/1"), bytes, why), why);
    buf_release(&text);
}

static int compare_times(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void say_times(json_t *out, const char *name, double *times, size_t count)
{
    qsort(times, count, sizeof *times, compare_times);
    json_t *one = json_object();
    json_put_int(one, "p50_us", (int64_t)(times[count / 2] * 1e6));
    json_put_int(one, "p99_us", (int64_t)(times[count - count / 100 - 1] * 1e6));
    json_put_new(out, name, one);
}

static void say(json_t *out, const char *name, const struct moment *moments, size_t count)
{
    double wall[SAMPLES], processor[SAMPLES];
    json_t *one = json_object();
    for (size_t i = 0; i < count; i++) {
        wall[i] = moments[i].wall;
        processor[i] = moments[i].processor;
    }
    say_times(one, "wall", wall, count);
    say_times(one, "processor", processor, count);
    json_put_new(out, name, one);
}

static void say_once(json_t *out, const char *name, struct moment begin)
{
    struct moment took = since(begin);
    json_t *one = json_object();
    json_put_int(one, "wall_ms", (int64_t)(took.wall * 1e3));
    json_put_int(one, "processor_ms", (int64_t)(took.processor * 1e3));
    json_put_new(out, name, one);
}

static struct hash_list some_statements(struct archive *a, struct arena *arena, struct fault *why)
{
    struct hash_list all = {arena_alloc(arena, SAMPLES * sizeof *all.at), 0}, found;
    for (size_t i = 0; all.count < SAMPLES; i++) {
        char digits[8];
        snprintf(digits, sizeof digits, "%05x", (unsigned)(mix(i) & 0xfffff));
        must(archive_mention_statements(a, str_of(digits), arena, &found, why), why);
        if (found.count)
            all.at[all.count++] = found.at[0];
    }
    return all;
}

static void open_cases(struct archive *a, const struct case_rules *rules,
                       const struct hash_list *statements, json_t *out, struct fault *why)
{
    struct moment times[SAMPLES];
    for (size_t i = 0; i < SAMPLES; i++) {
        struct arena arena;
        struct case_record record;
        struct case_account account;
        size_t place;
        const struct hash_list one = {&statements->at[i], 1};
        struct moment begin = now();
        arena_init(&arena);
        must(case_record_of(a, rules, &one, &arena, &record, &place, why), why);
        const struct case_around around = {record.views,  record.views_count,
                                           record.pairs,  record.pairs_count,
                                           record.people, record.people_count};
        case_account_make(rules, &record.people[place], &around, 15000, &arena, &account);
        arena_release(&arena);
        times[i] = since(begin);
    }
    say(out, "case", times, SAMPLES);
}

static struct case_question question_of(size_t i)
{
    static const char *const prisons[] = {"Evin Prison", "ward", "Qarchak"};
    static const char *const years[] = {"2003", "2009-05", "2012/2013"};
    struct case_question q = {.day = 11500 + (int64_t)(mix(i) % 7500)};
    q.of[FACET_STATE] = i & 1 ? STR("free") : STR("detained");
    q.of[FACET_PLACE] = i & 2 ? STR("Place 7") : STR_NONE;
    q.of[FACET_PRISON] = i & 4 ? str_of(prisons[i % COUNT_OF(prisons)]) : STR_NONE;
    q.of[FACET_ARRESTED] = i & 8 ? str_of(years[i % COUNT_OF(years)]) : STR_NONE;
    q.name = i & 16 ? STR("Family12") : STR_NONE;
    return q;
}

struct counted {
    struct archive *archive;
    const struct case_rules *rules;
    const struct crowd *crowd; /* NULL: read each time */
    bool list;                 /* one look through the archive */
    bool cases;                /* the cases of the first, too */
};

static size_t count_once(const struct counted *c, size_t i, struct arena *arena, struct fault *why)
{
    const struct case_question q = question_of(i);
    struct census census;
    struct case_record record;
    struct case_row *rows;
    struct crowd own;
    size_t count;
    if (c->list) {
        must(census_list(c->archive, c->rules, &q, 0, LISTED, arena, &census, why), why);
    } else {
        if (!c->crowd)
            must(crowd_read(c->archive, c->rules, arena, &own, why), why);
        must(census_take(c->crowd ? c->crowd : &own, c->rules, &q, 0, LISTED, arena, &census, why),
             why);
    }
    if (c->cases)
        must(census_cases(c->archive, c->rules, &q, &census, arena, &record, &rows, &count, why),
             why);
    return census.fit;
}

static size_t count_people_so(const char *name, const struct counted *c, size_t times, json_t *out,
                              struct fault *why)
{
    struct moment moments[SAMPLES];
    size_t most = 0;
    for (size_t i = 0; i < times; i++) {
        struct arena arena;
        struct moment begin = now();
        arena_init(&arena);
        size_t fit = count_once(c, i, &arena, why);
        most = fit > most ? fit : most;
        arena_release(&arena);
        moments[i] = since(begin);
    }
    say(out, name, moments, times);
    return most;
}

static void list_states(struct archive *a, const struct case_rules *rules,
                        const struct crowd *crowd, json_t *out, struct fault *why)
{
    struct moment times[SAMPLES];
    for (size_t i = 0; i < SAMPLES; i++) {
        struct case_question q = {.day = 11500 + (int64_t)(mix(i) % 7500)};
        struct arena arena;
        struct census census;
        struct case_record record;
        struct case_row *rows;
        size_t count;
        struct moment begin = now();
        q.of[FACET_STATE] = i & 1 ? STR("free") : STR("detained");
        arena_init(&arena);
        must(census_take(crowd, rules, &q, 0, LISTED, &arena, &census, why), why);
        must(census_cases(a, rules, &q, &census, &arena, &record, &rows, &count, why), why);
        arena_release(&arena);
        times[i] = since(begin);
    }
    say(out, "list", times, SAMPLES);
}

/* The first page of those who fit, and how many of them are what: as the workspace tells it, from
 * the columns, and as a command does, from the archive. */
static void count_people(struct archive *a, const struct case_rules *rules, json_t *out,
                         struct fault *why)
{
    enum { COLD = 100 };
    struct arena arena;
    struct crowd crowd;
    struct moment begin = now();
    arena_init(&arena);
    must(crowd_read(a, rules, &arena, &crowd, why), why);
    say_once(out, "crowd_read", begin);
    json_put_int(out, "crowd_kb", (int64_t)arena.total / 1024);
    struct counted warm = {a, rules, &crowd, false, false}, page = {a, rules, &crowd, false, true};
    struct counted cold = {a, rules, NULL, false, false}, list = {a, rules, NULL, true, true};
    size_t most = count_people_so("facets", &warm, SAMPLES, out, why);
    json_put_int(out, "facets_most", (int64_t)most);
    list_states(a, rules, &crowd, out, why);
    (void)count_people_so("facets_page", &page, SAMPLES, out, why);
    (void)count_people_so("facets_cold", &cold, COLD, out, why);
    (void)count_people_so("list_filtered_cold", &list, COLD, out, why);
    arena_release(&arena);
}

static void open_bodies(struct archive *a, const struct case_rules *rules, json_t *out,
                        struct fault *why)
{
    struct moment times[SAMPLES];
    struct body_view *views[2];
    size_t counts[2], total;
    struct arena kept;
    arena_init(&kept);
    for (int official = 0; official < 2; official++) {
        const struct body_choice choice = {official, 0, LISTED};
        must(archive_bodies(a, &choice, &kept, &views[official], &counts[official], &total, why),
             why);
    }
    for (size_t i = 0; counts[0] && counts[1] && i < SAMPLES; i++) {
        const struct body_view *view = &views[i & 1][mix(i) % counts[i & 1]];
        int64_t day = 12000 + (int64_t)(mix(i + 7) % 5000);
        size_t cases = (size_t)(view->cases.accepted + view->cases.proposed) + 1;
        struct body_question asked = {view->id, i % 3 == 0, day, day + 365, mix(i + 9) % cases, 25};
        struct body_account account;
        struct arena arena;
        struct moment begin = now();
        if (asked.dated)
            asked.from = 0;
        arena_init(&arena);
        must(body_account_read(a, body_book(), rules, &asked, &arena, &account, why), why);
        arena_release(&arena);
        times[i] = since(begin);
    }
    arena_release(&kept);
    say(out, "body", times, SAMPLES);
}

static int64_t some_day(size_t i)
{
    return 12000 + (int64_t)(mix(i) % 5000);
}

static void show_alerts(struct archive *a, const struct case_telling *t, json_t *out,
                        struct fault *why)
{
    struct moment times[DAYS];
    size_t shown = 0;
    for (size_t i = 0; i < DAYS; i++) {
        struct arena arena;
        struct alert_board board;
        const struct alert_choice choice = {some_day(i), STR_NONE, ALERTS_SHOWN};
        struct moment begin = now();
        arena_init(&arena);
        must(alert_board_read(a, t->rules, &t->alerts, &choice, &arena, &board, why), why);
        shown += board.count;
        arena_release(&arena);
        times[i] = since(begin);
    }
    say(out, "alerts", times, DAYS);
    json_put_int(out, "alerts_shown", (int64_t)shown / DAYS);
}

static void show_agendas(struct archive *a, const struct case_rules *rules, json_t *out,
                         struct fault *why)
{
    struct moment times[DAYS];
    struct arena kept;
    struct agenda_rules agenda_rules;
    size_t shown = 0;
    arena_init(&kept);
    must(agenda_rules_new(rules, &kept, &agenda_rules, why), why);
    for (size_t i = 0; i < DAYS; i++) {
        struct arena arena;
        struct agenda agenda;
        int64_t day = some_day(i);
        const struct agenda_choice choice = {day, day, day + AGENDA_DAYS - 1, AGENDA_BEGIN,
                                             AGENDA_ITEMS};
        struct moment begin = now();
        arena_init(&arena);
        must(agenda_read(a, &agenda_rules, rules, &choice, &arena, &agenda, why), why);
        shown += agenda.count;
        arena_release(&arena);
        times[i] = since(begin);
    }
    say(out, "agenda", times, DAYS);
    json_put_int(out, "agenda_shown", (int64_t)shown / DAYS);
    arena_release(&kept);
}

/* The first page of people behind a decision, and the crowd that followed it. */
static struct moment show_people(struct archive *a, const struct case_rules *rules, size_t i,
                                 const struct crowd *before, struct arena *columns,
                                 struct arena *own, struct crowd *out, struct fault *why)
{
    bool followed;
    struct arena arena;
    struct moment begin = now();
    must(crowd_follow(a, rules, before, columns, own, out, &followed, why), why);
    if (!followed)
        exit(1);
    const struct counted page = {a, rules, out, false, true};
    arena_init(&arena);
    (void)count_once(&page, i, &arena, why);
    arena_release(&arena);
    return since(begin);
}

static void follow_decisions(struct archive *a, const struct case_rules *rules,
                             const struct hash_list *statements, json_t *out, struct fault *why)
{
    enum { DECISIONS = 100 };
    struct moment times[DECISIONS], pages[DECISIONS];
    struct crowd *crowds = mem_alloc((DECISIONS + 1) * sizeof *crowds);
    struct arena arena;
    arena_init(&arena);
    must(crowd_read(a, rules, &arena, &crowds[0], why), why);
    for (size_t i = 0; i < DECISIONS; i++) {
        struct hash id;
        struct decision d = {.verdict = VERDICT_REJECT, .about = {&statements->at[i], 1}};
        struct moment begin = now();
        must(archive_begin(a, why), why);
        must(archive_put_object(a, decision_to_json(&d), &id, why), why);
        must(archive_commit(a, STR("reject"), STR("2026-01-02T00:00:00Z"), why), why);
        times[i] = since(begin);
        pages[i] = show_people(a, rules, i, &crowds[i], &arena, &arena, &crowds[i + 1], why);
    }
    say(out, "decision", times, DECISIONS);
    say(out, "facets_followed", pages, DECISIONS);
    arena_release(&arena);
    mem_free(crowds);
}

int main(int argc, char **argv)
{
    int64_t people;
    struct fault why;
    struct arena arena;
    struct case_telling *telling;
    if (argc != 3 || !str_to_int(str_of(argv[2]), &people) || people < 1)
        return 2;
    arena_init(&arena);
    must(case_telling_new(&arena, &telling, &why), &why);
    const struct case_rules *rules = telling->rules;
    struct archive_histories histories = case_histories(telling);
    archive_use_histories(&histories);
    struct archive *a = make(argv[1], &why);
    json_t *out = json_object();
    struct moment begin = now();
    for (size_t i = 0; i * A_TEXT < (size_t)people;) {
        must(archive_begin(a, &why), &why);
        for (size_t k = 0; k < 200 && i * A_TEXT < (size_t)people; k++, i++)
            add_text(a, i, A_TEXT, &why);
        must(archive_commit(a, STR("add"), STR("2026-01-01T00:00:00Z"), &why), &why);
    }
    json_put_int(out, "people", people);
    json_put_int(out, "events", people * EVENTS);
    say_once(out, "made", begin);
    begin = now();
    must(archive_rebuild_stays(a, &why), &why);
    say_once(out, "stays_rebuilt", begin);
    struct hash_list statements = some_statements(a, &arena, &why);
    open_cases(a, rules, &statements, out, &why);
    count_people(a, rules, out, &why);
    open_bodies(a, rules, out, &why);
    show_alerts(a, telling, out, &why);
    show_agendas(a, rules, out, &why);
    follow_decisions(a, rules, &statements, out, &why);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    json_put_int(out, "memory_kb", usage.ru_maxrss);
    char *text = json_dumps(out, JSON_COMPACT | JSON_SORT_KEYS);
    puts(text);
    json_decref(out);
    archive_close(a);
    arena_release(&arena);
    return 0;
}
