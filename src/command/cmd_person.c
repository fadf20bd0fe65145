#include "command/list.h"
#include "command/person_print.h"
#include "text/edtf.h"

const char cmd_person_usage[] =
    "usage: govah person ID|NAME [--as-of DATE] [--json]\n"
    "\n"
    "  ID             of one of their mentions, or its first digits, as govah people shows it\n"
    "  NAME           or a name, in any case and letter variant; if several people have it, they\n"
    "                 are listed\n"
    "  --as-of DATE   how it stood on that day; else today\n"
    "  --json         all of it as a line of JSON\n"
    "\n"
    "One case: where the person is by what was accepted, and by what is proposed too; what happened,\n"
    "in order as far as dates allow; what contradicts and what is missing in between; the days held,\n"
    "the end of a sentence in each way to reckon it; charges, others named with them, spellings and\n"
    "the decisions that joined them. Each line ends in the statement that says so. Nothing is\n"
    "settled that the record does not settle: where it allows several states, all are named.\n"
    "\n"
    "  govah person \"Mehran Raouf\" --as-of 2021-11-05\n";

static bool is_id(struct str asked)
{
    bool digits = asked.len >= 4 && asked.len <= HASH_DIGITS;
    for (size_t i = 0; i < asked.len; i++)
        digits &= (asked.at[i] >= '0' && asked.at[i] <= '9') ||
                  (asked.at[i] >= 'a' && asked.at[i] <= 'f');
    return digits;
}

static void list_candidates(const struct case_record *record, const size_t *places, size_t count,
                            struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 1 | 1u << 3};
    for (size_t i = 0; i < count; i++) {
        const struct case_person *p = &record->people[places[i]];
        struct list_row *row = list_add(&list);
        row->cells[0] = list_id(arena, &p->address, LIST_ID_DIGITS);
        row->cells[1] = p->name;
        row->cells[2] =
            arena_print(arena, "%zu statement%s", p->views_count, p->views_count == 1 ? "" : "s");
        row->cells[3] = list_document(p->views[0]->document_title, p->views[0]->document_name);
    }
    list_print(&list);
    puts("\nSeveral people on record have this name, or nobody decided yet that they are one.\n"
         "govah person ID shows one of them; govah match shows who is probably one.");
}

static json_t *candidate_json(const struct case_person *p)
{
    json_t *out = json_object();
    list_json_id(out, "candidate", &p->address);
    json_put(out, "name", p->name);
    json_put_int(out, "statements", (int64_t)p->views_count);
    list_json_id(out, "document", &p->views[0]->document);
    return out;
}

static void show_candidates(struct session *s, const struct case_record *record,
                            const size_t *places, size_t count, struct arena *arena)
{
    for (size_t i = 0; s->json && i < count; i++)
        print_json(candidate_json(&record->people[places[i]]));
    if (!s->json)
        list_candidates(record, places, count, arena);
}

const struct case_person *person_asked(struct session *s, struct str asked, struct arena *arena)
{
    struct case_record record;
    struct fault why;
    size_t place, count;
    size_t *places;
    bool by_name = !is_id(asked);
    if (case_candidates(s->archive, asked, by_name, arena, &record, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (!by_name) {
        if (case_person_find(record.people, record.people_count, asked, &place, &why) != OK)
            die(status_of(why.code), "%s", why.text);
        return &record.people[place];
    }
    places = case_people_named(record.people, record.people_count, asked, arena, &count);
    if (!count)
        die(EXIT_PROBLEM, "nobody on record has the name \"%.*s\"", STR_ARG(asked));
    if (count == 1)
        return &record.people[places[0]];
    show_candidates(s, &record, places, count, arena);
    return NULL;
}

static struct doubtful doubtful_of(struct session *s, const struct case_account *account,
                                   struct arena *arena)
{
    const struct case_person *person = account->person;
    struct hash *ids = arena_alloc(arena, (person->views_count + 1) * sizeof *ids);
    size_t count = 0;
    for (size_t i = 0; i < person->views_count; i++)
        if (person->views[i]->statement.form == FORM_LIFE_EVENT)
            ids[count++] = person->views[i]->id;
    return doubtful_read(s, ids, count, arena);
}

static int show_person(struct session *s, struct str asked, int64_t day, struct arena *arena)
{
    const struct case_rules *rules;
    struct case_record record;
    struct case_account account;
    struct fault why;
    size_t place;
    if (case_rules_new(arena, &rules, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    const struct case_person *person = person_asked(s, asked, arena);
    if (!person)
        return EXIT_PROBLEM;
    struct hash seed = person->views[0]->id;
    const struct hash_list statements = {&seed, 1};
    if (case_record_of(s->archive, rules, &statements, arena, &record, &place, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    const struct case_around around = {record.views,       record.views_count, record.pairs,
                                       record.pairs_count, record.people,      record.people_count};
    case_account_make(rules, &record.people[place], &around, day, arena, &account);
    struct doubtful doubtful = doubtful_of(s, &account, arena);
    json_t *json = s->json ? person_json(rules, &account) : NULL;
    if (json)
        json_put_new(json, "findings", doubtful_json(&doubtful));
    if (json)
        print_json(json);
    else
        person_print(rules, &account, &doubtful, arena);
    return EXIT_DONE;
}

int cmd_person(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct str asked = STR_NONE, as_of = STR_NONE;
    struct arena arena;
    const char *operand;
    arena_init(&arena);
    do {
        while (option_next(&o, "as-of", ""))
            as_of = str_of(o.value);
        operand = operand_next(&o);
        if (operand)
            asked = asked.len ? arena_print(&arena, "%.*s %s", STR_ARG(asked), operand)
                              : str_of(operand);
    } while (operand);
    if (!asked.len)
        die(EXIT_USAGE, "whom? give an id or a name; see govah person --help");
    int status = show_person(s, asked, day_asked(as_of), &arena);
    arena_release(&arena);
    return status;
}
