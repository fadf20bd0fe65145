#include "command/command.h"

const char cmd_members_usage[] =
    "usage: govah members [--admit KEY --name NAME | --revoke KEY [--last COMMIT...]] [--why TEXT]\n"
    "\n"
    "  --admit KEY     commits of this key count here (only the owner decides it)\n"
    "  --name NAME     what its holder is called\n"
    "  --revoke KEY    they count no longer\n"
    "  --last COMMIT   but for this commit and what it builds on; may stand several times\n"
    "  --why TEXT      the reason, kept with the decision\n"
    "\n"
    "Without an option: the keys known here, and what waits in quarantine. Read a key to its holder\n"
    "over another channel before you admit it.\n"
    "\n"
    "  govah members\n";

enum { LAST_LIMIT = 16 };

struct request {
    const char *admit, *revoke, *name, *why;
    struct hash last[LAST_LIMIT];
    size_t last_count;
};

static void print_members(struct session *s, const struct member_view *m, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char key[PUBLIC_KEY_DIGITS + 1];
        public_key_write(&m[i].key, key);
        const char *state = m[i].owner ? "owner" : m[i].member ? "member" : "not a member";
        if (s->json) {
            json_t *line = json_object();
            json_put(line, "key", str_of(key));
            json_put(line, "name", m[i].name);
            json_put(line, "state", str_of(state));
            json_put_int(line, "commits", m[i].commits);
            json_put_int(line, "quarantined", m[i].quarantined);
            json_put_new(line, "own", json_boolean(m[i].own));
            json_put_new(line, "undecided", json_boolean(m[i].undecided));
            print_json(line);
            continue;
        }
        struct buf name;
        buf_init(&name, 1024);
        show_column(&name, m[i].name.len ? m[i].name : STR("(no name)"), 20);
        printf("%s  %.*s  %s%s%s, %jd commits", key, STR_ARG(buf_str(&name)), state,
               m[i].undecided ? ", undecided" : "", m[i].own ? ", this device" : "",
               (intmax_t)m[i].commits);
        if (m[i].quarantined)
            printf(", %jd of them in quarantine", (intmax_t)m[i].quarantined);
        putchar('\n');
        buf_release(&name);
    }
}

static int list(struct session *s)
{
    struct arena arena;
    struct member_view *members;
    struct commit_view *commits;
    size_t count;
    struct fault why;
    arena_init(&arena);
    if (archive_members(s->archive, &arena, &members, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    print_members(s, members, count);
    if (archive_commits(s->archive, true, &arena, &commits, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < count && !s->json; i++) {
        char id[HASH_DIGITS + 1], key[PUBLIC_KEY_DIGITS + 1];
        struct buf note;
        buf_init(&note, 4096);
        hash_write(&commits[i].id, id);
        public_key_write(&commits[i].author, key);
        show_column(&note, commits[i].note, 30);
        printf("%s  commit %.12s  by %.12s  %.*s  %.*s  %jd objects\n",
               commits[i].state == COMMIT_VIEW_WAITS ? "waits      " : "quarantined", id, key,
               STR_ARG(commits[i].at), STR_ARG(buf_str(&note)), (intmax_t)commits[i].holds);
        buf_release(&note);
    }
    arena_release(&arena);
    return EXIT_DONE;
}

static int decide_key(struct session *s, struct request *r)
{
    struct arena arena;
    struct fault why;
    struct hash id;
    struct decision d = {.verdict = r->admit ? VERDICT_MEMBER : VERDICT_REVOKE,
                         .has_key = true,
                         .name = str_of(r->name),
                         .why = str_of(r->why),
                         .last = {r->last, r->last_count}};
    if (!public_key_read(str_of(r->admit ? r->admit : r->revoke), &d.key))
        die(EXIT_USAGE, "a key has 64 hexadecimal digits");
    if (!public_key_equal(archive_own_key(s->archive), archive_owner(s->archive)))
        die(EXIT_PROBLEM, "only the owner's device decides who is a member");
    if (r->revoke && public_key_equal(&d.key, archive_owner(s->archive)))
        die(EXIT_PROBLEM, "the owner's key cannot be revoked");
    arena_init(&arena);
    hash_list_sort(&d.last);
    enum outcome result = archive_key_decisions(s->archive, &d.key, &arena, &d.supersedes, &why);
    if (result == OK)
        result = archive_begin(s->archive, &why);
    if (result == OK)
        result = archive_put_object(s->archive, decision_to_json(&d), &id, &why);
    if (result == OK)
        result = archive_commit(s->archive, r->admit ? STR("admit a member") : STR("revoke a key"),
                                str_of(now_utc().text), &why);
    arena_release(&arena);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    return list(s);
}

int cmd_members(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct request r = {0};
    const char *option;
    while ((option = option_next(&o, "admit revoke name why last", ""))) {
        if (strcmp(option, "admit") == 0)
            r.admit = o.value;
        else if (strcmp(option, "revoke") == 0)
            r.revoke = o.value;
        else if (strcmp(option, "name") == 0)
            r.name = o.value;
        else if (strcmp(option, "why") == 0)
            r.why = o.value;
        else if (r.last_count == LAST_LIMIT || !hash_read(str_of(o.value), &r.last[r.last_count++]))
            die(EXIT_USAGE, "--last needs a commit's 64 hexadecimal digits, %d times at most",
                LAST_LIMIT);
    }
    if (operand_next(&o) || (r.admit && r.revoke) || (r.name && !r.admit) ||
        (r.last_count && !r.revoke) || (r.admit && !r.name))
        die(EXIT_USAGE, "that is not a members command; see govah members --help");
    session_open(s, r.admit || r.revoke ? ARCHIVE_WRITE : ARCHIVE_READ);
    return r.admit || r.revoke ? decide_key(s, &r) : list(s);
}
