#include "reading_cases.h"

#include "base/file.h"

enum { CASES_LIMIT = 2000 };

/* in place: \n in a table stands for the end of a line, \t for a tab */
static struct str with_lines(struct str text)
{
    char *out = (char *)(uintptr_t)text.at;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool code = i + 1 < text.len && text.at[i] == '\\';
        bool line = code && text.at[i + 1] == 'n', tab = code && text.at[i + 1] == 't';
        out[len++] = line ? '\n' : tab ? '\t' : text.at[i];
        i += line || tab;
    }
    return (struct str){text.at, len};
}

static size_t cut_cases(struct str rest, struct reading_case *cases)
{
    struct str line;
    size_t count = 0;
    bool header = true;
    while (str_cut(&rest, '\n', &line)) {
        if (!line.len || line.at[0] == '#')
            continue;
        if (header) {
            header = false;
            continue;
        }
        if (count == CASES_LIMIT)
            return 0;
        struct reading_case *c = &cases[count++];
        str_cut(&line, '\t', &c->name);
        str_cut(&line, '\t', &c->text);
        c->text = with_lines(c->text);
        c->expected = line;
    }
    return count;
}

int run_reading_cases(const char *path, void (*check)(void **state))
{
    static struct reading_case cases[CASES_LIMIT];
    static struct CMUnitTest tests[CASES_LIMIT];
    struct buf bytes;
    struct fault why;
    buf_init(&bytes, 1024 * 1024);
    if (file_read(path, bytes.limit, &bytes, &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    size_t count = cut_cases(buf_str(&bytes), cases);
    for (size_t i = 0; i < count; i++) {
        tests[i].name = str_dup(cases[i].name);
        tests[i].test_func = check;
        tests[i].initial_state = &cases[i];
    }
    if (!count)
        fprintf(stderr, "%s: no cases, or more than %d\n", path, CASES_LIMIT);
    int failed = _cmocka_run_group_tests(path, tests, count, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        mem_free((char *)(uintptr_t)tests[i].name);
    buf_release(&bytes);
    return count ? failed : 1;
}
