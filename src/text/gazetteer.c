#include "text/gazetteer.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/table.h"
#include "text/fold.h"

struct form {
    struct str folded; /* without blanks */
    const struct known_place *place;
    size_t at; /* in the order of the tables */
};

struct forms {
    struct form *at;
    size_t count, room;
};

static struct forms forms;
static struct arena kept;
static pthread_once_t forms_read = PTHREAD_ONCE_INIT;

static int compare_forms(const void *left, const void *right)
{
    const struct form *a = left, *b = right;
    int order = str_compare(a->folded, b->folded);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* A blank, a joiner or nothing between two words makes no other name. */
static struct str fold_joined(struct arena *arena, struct str name)
{
    struct str folded = fold_text(arena, name);
    char *out = arena_alloc(arena, folded.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++)
        if (folded.at[i] != ' ')
            out[len++] = folded.at[i];
    return (struct str){out, len};
}

static void add_row(const struct row *row)
{
    struct known_place *place = arena_alloc(&kept, sizeof *place);
    struct str rest = row->cells[3], written;
    *place = (struct known_place){.kind = row->cells[2]};
    while (str_cut(&rest, '|', &written)) {
        if (!place->name.len)
            place->name = written;
        forms.at = arena_grow(&kept, forms.at, forms.count, &forms.room, sizeof *forms.at);
        forms.at[forms.count] = (struct form){fold_joined(&kept, written), place, forms.count};
        forms.count++;
    }
}

static void read_table(const struct data_file *file)
{
    struct table table;
    struct row row;
    bool more = true;
    enum outcome outcome = table_open_file(&table, file, "class kind value forms", NULL);
    while (outcome == OK && (outcome = table_next(&table, &row, &more, NULL)) == OK && more)
        add_row(&row);
    if (outcome != OK)
        bug("a table of data/country cannot be read");
}

static void forms_once(void)
{
    size_t count = 0;
    for (size_t i = 0; i < forms.count; i++) {
        if (!count || !str_equal(forms.at[count - 1].folded, forms.at[i].folded))
            forms.at[count++] = forms.at[i];
    }
    forms.count = count;
}

static void read_tables(void)
{
    arena_init(&kept);
    for (size_t i = 0; i < data_files_count; i++) {
        struct str path = str_of(data_files[i].path);
        if (str_starts(path, STR("country/")) &&
            (str_ends(path, STR("/institutions.tsv")) || str_ends(path, STR("/places.tsv"))))
            read_table(&data_files[i]);
    }
    qsort(forms.at, forms.count, sizeof *forms.at, compare_forms);
    forms_once();
}

static const struct known_place *find_folded(struct str folded)
{
    size_t low = 0, high = forms.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(forms.at[middle].folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < forms.count && str_equal(forms.at[low].folded, folded);
    return found ? forms.at[low].place : NULL;
}

const struct known_place *gazetteer_find(struct str name)
{
    struct arena arena;
    pthread_once(&forms_read, read_tables);
    arena_init(&arena);
    struct str folded = fold_joined(&arena, str_trim(name));
    const struct known_place *place = find_folded(folded);
    arena_release(&arena);
    return place;
}

struct str gazetteer_key(struct str name, struct arena *arena)
{
    const struct known_place *found = gazetteer_find(name);
    return fold_text(arena, found ? found->name : str_trim(name));
}
