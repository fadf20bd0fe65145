#include "account/chart.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "views.h"

static const struct {
    const char *value, *bar;
} bars[] = {
    {"≥ 527", ""}, {"> 400", ""}, {"~ 1,500", ""}, {"≲ 1,000", ""}, {"≤ 1,200", ""}, {"28", ""}, {"500–1,500", ""}, {"0", ""}, {"≤ 20", ""}, {"> 1,500", ""},
};

int main(void)
{
    struct arena arena; arena_init(&arena);
    struct chart c = chart_of(1500, 80);
    struct buf b; buf_init(&b, 1 << 16);
    for (size_t i = 0; i < COUNT_OF(bars); i++) {
        struct figure_row row = {bars[i].value};
        struct statement_view *v = views_of(&arena, &row, 1);
        buf_clear(&b); chart_bar(&b, &c, &v->statement.figure);
        printf("    {\"%s\",\n     \"%s\"},\n", bars[i].value, b.at);
    }
    buf_clear(&b); chart_axis(&b, &c); printf("%s|\n", b.at);
    buf_clear(&b); chart_ticks(&b, &c, &arena); printf("%s|\n", b.at);
    return 0;
}
