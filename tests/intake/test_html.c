#include "intake/html_int.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *note, *html, *text;
} texts[] = {
    {"paragraphs and headings", "<h1>Head</h1><p>One  \n one<p>Two", "Head\n\nOne one\n\nTwo\n"},
    {"inline elements", "<p>5<b>27</b> <i>killed</i><sup>1</sup>", "527 killed1\n"},
    {"entities", "<p>A&amp;B &lt;x&gt; &#1605;&zwnj;&copy; &nbsp;end",
     "A&B <x> م\u200C© \u00A0end\n"},
    {"lists", "<p>a<ul><li>b<li>c<ul><li>d</ul></ul><p>e", "a\n\nb\nc\nd\n\ne\n"},
    {"definitions", "<dl><dt>t<dd>d</dl>", "t\nd\n"},
    {"line breaks", "a<br>b<br><br>c<br><br><br><br>d", "a\nb\n\nc\n\nd\n"},
    {"a table", "<table><tr><th>Year<th>Killed<tr><td>2019<td>1,500</table>",
     "Year\tKilled\n2019\t1,500\n"},
    {"empty cells keep their place", "<table><tr><td>a<td><td>c<tr><td><td><td>z</table>",
     "a\t\tc\n\t\tz\n"},
    {"pre", "<pre>a\nb\n\n\n\nc</pre>", "a\nb\n\nc\n"},
    {"script and style", "<p>a<script>var b='</p>';</script><style>p{}</style>c", "ac\n"},
    {"comments", "<p>a<!-- <p>b -->c", "ac\n"},
    {"navigation, footer, aside", "<nav>n</nav><p>a</p><aside>s</aside><footer>f</footer>", "a\n"},
    {"the site's header", "<header>Logo</header><p>a", "a\n"},
    {"the article's header",
     "<header><a href=/>Logo</a></header><article><header>By X</header><p>a</article>",
     "By X\n\na\n"},
    {"a header with the headline", "<header><h1>Head</h1></header><p>a", "Head\n\na\n"},
    {"hidden things", "<p hidden>a<p aria-hidden=true>b<p style='color:red; Display : None'>c<p>d",
     "d\n"},
    {"roles and classes",
     "<div role=navigation>a</div><div class='x related-posts'>b</div><div class=menus>c</div>",
     "c\n"},
    {"controls", "<p>a<button>b</button><select><option>c</select><textarea>d</textarea>", "a\n"},
    {"a small form", "<p>The long text of the page itself<form><p>Search</form>",
     "The long text of the page itself\n"},
    {"a form around the page", "<form><p>The page<input name=x></form>", "The page\n"},
    {"main", "<div>menu menu menu</div><main><p>a</main><div>more</div>", "a\n"},
    {"an empty main", "<p>a<main></main>", "a\n"},
    {"several articles", "<article><p>one two</article><article><p>three</article>",
     "one two\n\nthree\n"},
    {"right to left", "<html dir=rtl><p>۵۲۷ نفر <bdi>«کشته»</bdi> شدند", "۵۲۷ نفر «کشته» شدند\n"},
    {"control characters",
     "<p>a\x1B[31mb&#8;c\x7F"
     "d",
     "a\uFFFD[31mb c\uFFFDd\n"},
    {"unclosed and crossed", "<p><b>a<i>b</b>c</i><div>d</p>e", "abc\n\nd\n\ne\n"},
    {"nothing", "", ""},
    {"no text", "<img src=x>", ""},
    {"svg and iframe", "<p>a<svg><text>b</text></svg><iframe>c</iframe>d", "ad\n"},
};

static void keeps_the_main_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct arena a;
        struct html_page page;
        arena_init(&a);
        assert_int_equal(html_read(&a, str_of(texts[i].html), &page, NULL), OK);
        if (!str_equal(page.text, str_of(texts[i].text)))
            fail_msg("%s: \"%.*s\"", texts[i].note, STR_ARG(page.text));
        arena_release(&a);
    }
}

enum { TITLE, PUBLISHER, PUBLISHED, LANG, URL };

static const struct {
    const char *html;
    int fact;
    const char *value;
} facts[] = {
    {"<title> A\n &amp; B </title>", TITLE, "A & B"},
    {"<title>A | Site</title><meta property=og:title content='A'>", TITLE, "A"},
    {"<p>no title<svg><title>t</title></svg>", TITLE, ""},
    {"<meta name=application-name content=App><meta property=og:site_name content='The Site'>",
     PUBLISHER, "The Site"},
    {"<meta name=application-name content=App>", PUBLISHER, "App"},
    {"<meta property='article:published_time' content='2022-11-22T03:00:00+03:30'>", PUBLISHED,
     "2022-11-22"},
    {"<meta name=Date content='2019-11'>", PUBLISHED, "2019-11"},
    {"<meta name=date content='yesterday'><p><time datetime=2019-11-15>x</time>", PUBLISHED,
     "2019-11-15"},
    {"<nav><time datetime=2001-01-01>x</time></nav><p><time datetime='2019-11-15 10:00'>x</time>",
     PUBLISHED, "2019-11-15"},
    {"<p><time datetime=2019-01-01>a</time><time datetime=2020-01-01 itemprop=datePublished>b",
     PUBLISHED, "2020-01-01"},
    {"<p><time datetime=PT5M>a</time>", PUBLISHED, ""},
    {"<html lang=fa-IR>", LANG, "fa-IR"},
    {"<meta property=og:locale content=en_US>", LANG, "en-US"},
    {"<html lang='not a tag at all'>", LANG, ""},
    {"<meta property=og:url content=https://example.org/b><link rel=Canonical "
     "href=https://example.org/a>",
     URL, "https://example.org/a"},
    {"<link rel=canonical href=/relative><meta property=og:url content=https://example.org/b>", URL,
     "https://example.org/b"},
    {"<link rel=canonical href='javascript:alert(1)'>", URL, ""},
};

static void finds_the_facts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(facts); i++) {
        struct arena a;
        struct html_page page;
        arena_init(&a);
        assert_int_equal(html_read(&a, str_of(facts[i].html), &page, NULL), OK);
        const struct str values[] = {page.facts.title, page.facts.publisher, page.facts.published,
                                     page.facts.lang, page.facts.url};
        if (!str_equal(values[facts[i].fact], str_of(facts[i].value)))
            fail_msg("%s: \"%.*s\"", facts[i].html, STR_ARG(values[facts[i].fact]));
        arena_release(&a);
    }
}

/* `piece` many times, `before` them once. */
static const struct {
    const char *note, *before, *piece;
    bool deep;
} nestings[] = {
    {"nested", "", "<div>", true},
    {"nested, with foreign ends", "", "<div></p></x>", true},
    {"nested tables", "", "<table><tr><td>", true},
    {"nested lists", "", "<ul><li>", true},
    {"quotes hide nothing", "", "<div title='>'>", true},
    {"closed", "", "<div>x</div>", false},
    {"unclosed items", "<ul>", "<li>x", false},
    {"unclosed paragraphs", "", "<p>x", false},
    {"unclosed items with a link", "<ul>", "<li><a href=x>y", false},
    {"unclosed cells", "<table>", "<tr><td>x<td>y", false},
    {"unclosed inside a closed one", "", "<div><span>x</div>", false},
    {"void elements", "", "<br><img src=x><hr>", false},
    {"inside script", "<script>", "'<div>'", false},
    {"inside a comment", "<!--", "<div>", false},
    {"inside an attribute", "<a title=\"", "<div>", false},
    {"svg", "<svg>", "<path d='x'/>", false},
    {"no tags", "", "1 < 2 <3 </ <", false},
};

static void knows_what_is_deep(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(nestings); i++) {
        struct buf html;
        struct fault why;
        buf_init(&html, SIZE_MAX / 4);
        buf_add_text(&html, nestings[i].before);
        for (int n = 0; n < 20000; n++)
            buf_add_text(&html, nestings[i].piece);
        enum outcome result = html_check_depth(buf_str(&html), &why);
        if (result != (nestings[i].deep ? REFUSED : OK))
            fail_msg("%s: %d", nestings[i].note, (int)result);
        if (result == REFUSED)
            assert_non_null(strstr(why.text, "nested deeper"));
        buf_release(&html);
    }
}

static void hands_over_a_page(void **state)
{
    (void)state;
    struct html_page page = {.text = STR("text\n\tx"), .facts = {.title = STR("t")}}, read;
    struct buf bytes;
    buf_init(&bytes, 1000);
    html_page_write(&page, &bytes);
    assert_int_equal(html_page_parse(buf_str(&bytes), &read, NULL), OK);
    assert_true(str_equal(read.text, page.text));
    assert_true(str_equal(read.facts.title, page.facts.title));
    assert_int_equal(read.facts.url.len, 0);
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(html_page_parse(str_slice(buf_str(&bytes), 0, len), &read, NULL), REFUSED);
    buf_add_byte(&bytes, 0);
    assert_int_equal(html_page_parse(buf_str(&bytes), &read, NULL), REFUSED);
    static const struct html_page bad[] = {{.text = {"\x1B", 1}},
                                           {.text = {"\0", 1}},
                                           {.text = {"\xFF", 1}},
                                           {.facts = {.url = {"\xC3", 1}}}};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        buf_clear(&bytes);
        html_page_write(&bad[i], &bytes);
        assert_int_equal(html_page_parse(buf_str(&bytes), &read, NULL), REFUSED);
    }
    buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_main_text),
        cmocka_unit_test(finds_the_facts),
        cmocka_unit_test(knows_what_is_deep),
        cmocka_unit_test(hands_over_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
