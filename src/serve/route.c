#include <stdio.h>
#include <string.h>
#include <time.h>

#include "publish/asset.h"
#include "seal/box.h"
#include "serve/server_int.h"

#define METHODS STR("GET, HEAD, POST")
static const char page_media[] = "text/html; charset=utf-8";

static bool is_post(const struct request *r)
{
    return str_equal(r->method, STR("POST"));
}

static bool is_known_method(const struct request *r)
{
    return is_post(r) || str_equal(r->method, STR("GET")) || str_equal(r->method, STR("HEAD"));
}

static void reply_page(struct reply *out, int status, struct buf *html)
{
    *out = (struct reply){.status = status, .answer = answer_new(html), .media = page_media};
}

static void reply_location(struct reply *out, struct str location)
{
    *out = (struct reply){.status = 303, .media = page_media, .location = location};
}

/* ---- who has no session ---- */

/* For strangers: no frame, no style, nothing of the archive. */
static void refuse_stranger(struct server *s, const struct request *r, const char *english,
                            struct reply *out)
{
    struct buf html;
    struct voice v = {language_for(s->site.languages, r->accept_language), CALENDAR_GREGORIAN};
    buf_init(&html, OUT_LIMIT);
    OUT(&html,
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head><meta charset=\"utf-8\">"
        "<title>Govah</title>\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"></head>\n<body><main><h1>{}</h1>\n<p>{}</p></main></body>\n</html>\n",
        language_code(v.language), str_of(language_right_to_left(v.language) ? "rtl" : "ltr"),
        SAY(&v, "Not allowed"), voice_say(&v, english));
    reply_page(out, 403, &html);
}

static const char how_to_enter[] =
    SAID("The workspace opens with the address that govah serve prints, once. For a new one, stop "
         "govah serve and start it again.");
static const char used_before[] =
    SAID("This address was used before, and opens the workspace only once. If it was not you who "
         "used it, stop govah serve now.");

static bool is_exchange(const struct request *r, struct str *key)
{
    struct str path, query;
    if (!str_equal(r->method, STR("GET")) || !request_target(r->target, &path, &query) ||
        !str_equal(path, STR("/")) || !str_starts(query, STR("key=")))
        return false;
    *key = str_slice(query, 4, query.len);
    return true;
}

static void exchange(struct server *s, const struct request *r, struct str key, struct reply *out)
{
    char session[TOKEN_DIGITS + 1];
    switch (login_exchange(s->login, key, session)) {
    case LOGIN_DONE:
        reply_location(out, STR("/"));
        snprintf(out->cookie, sizeof out->cookie, "%s=%s; HttpOnly; SameSite=Strict; Path=/",
                 login_cookie(s->login), session);
        secret_forget(session, sizeof session);
        break;
    case LOGIN_STOLEN:
        s->choice.say("the address was used a second time: if that was not you, stop");
        refuse_stranger(s, r, used_before, out);
        break;
    case LOGIN_WRONG:
        refuse_stranger(s, r, how_to_enter, out);
        break;
    }
}

/* ---- a page ---- */

static struct page page_of(struct server *s, const struct request *r, struct arena *arena)
{
    struct manner manner = login_manner(s->login, s->site.languages, r->accept_language);
    return (struct page){.site = &s->site,
                         .arena = arena,
                         .voice = manner.voice,
                         .theme = manner.theme,
                         .partial = r->script,
                         .status = 200};
}

static void refuse_text(struct page *page, int status, struct str text, struct reply *out)
{
    struct buf html;
    buf_init(&html, OUT_LIMIT);
    page_refusal(page, status, text, &html);
    reply_page(out, status, &html);
}

void route_refuse(struct server *s, const struct request *r, int status, const char *english,
                  struct arena *arena, struct reply *out)
{
    struct page page = page_of(s, r, arena);
    refuse_text(&page, status, voice_say(&page.voice, english), out);
    if (status == 405)
        out->allow = METHODS;
}

static void refuse_fault(struct server *s, struct page *page, const struct fault *why,
                         struct reply *out)
{
    int status = why->code == BUSY ? 409 : why->code == REFUSED ? 422 : 500;
    if (status == 500)
        s->choice.say(why->text);
    refuse_text(page, status, str_of(why->text), out);
}

static void add_key_part(struct buf *key, struct str part)
{
    buf_print(key, "%zu:", part.len);
    buf_add(key, part);
}

/* everything that a page depends on */
static struct hash cache_key(const struct page *page, uint64_t generation)
{
    struct buf key;
    buf_init(&key, 4 * REQUEST_BODY);
    buf_print(&key, "%ju %d %d %d ", (uintmax_t)generation, page->voice.calendar, page->theme,
              page->partial);
    add_key_part(&key, language_code(page->voice.language));
    add_key_part(&key, page->here);
    for (size_t i = 0; i < page->fields_count; i++) {
        add_key_part(&key, page->fields[i].name);
        add_key_part(&key, page->fields[i].value);
    }
    if (key.full)
        bug("a page with more fields than its request had room for");
    struct hash hash = hash_of(buf_str(&key));
    buf_release(&key);
    return hash;
}

static void make_page(struct server *s, const struct page_entry *entry, struct page *page,
                      struct reply *out)
{
    struct buf html;
    buf_init(&html, OUT_LIMIT);
    page_answer(entry, page, &html);
    if (page->status == 500)
        s->choice.say("a page could not be made; it says why");
    if (page->location.len && !request_is_local(page->location)) {
        s->choice.say("a page leads elsewhere than to another page");
        page->location = STR("/");
    }
    if (page->location.len) {
        reply_location(out, page->location);
        buf_release(&html);
    } else {
        reply_page(out, page->status, &html);
        if (page->file) {
            out->media = page->media;
            out->file = page->file;
        }
    }
}

/* another one for each change of the record and each manner of speaking */
static uint64_t warm_number(const struct page *page, uint64_t generation)
{
    uint64_t manner = (uintptr_t)page->voice.language * 16 + (unsigned)page->voice.calendar * 4 +
                      (unsigned)page->theme;
    return generation * UINT64_C(0x9E3779B97F4A7C15) ^ manner;
}

static void show_page(struct server *s, const struct page_entry *entry, struct page *page,
                      bool cached, struct reply *out)
{
    struct fault why;
    uint64_t generation;
    if (pool_take(s->pool, &page->archive, &generation, &why) != OK) {
        refuse_fault(s, page, &why, out);
        return;
    }
    warm_ask(s->warm, warm_number(page, generation));
    struct hash key = cache_key(page, generation);
    struct answer *kept = cached ? cache_begin(s->cache, &key) : NULL;
    if (kept) {
        *out = (struct reply){.status = 200, .answer = kept, .media = page_media};
    } else {
        make_page(s, entry, page, out);
        struct answer *made = out->status == 200 && !page->file ? out->answer : NULL;
        if (cached && page->passing)
            cache_pass(s->cache, &key, made);
        else if (cached)
            cache_end(s->cache, &key, made);
    }
    pool_give(s->pool, page->archive);
}

/* ---- ahead ---- */

static const struct {
    const char *path, *kind; /* the field of that name, or NULL */
} ahead[] = {
    {"/", NULL},        {"/documents", NULL},         {"/figures", NULL},
    {"/people", NULL},  {"/people", "organisations"}, {"/about", NULL},
    {"/matches", NULL},
};

const unsigned route_pages_ahead = COUNT_OF(ahead);

void route_make_ahead(struct server *s, unsigned number)
{
    struct arena arena;
    struct reply reply;
    arena_init(&arena);
    struct manner manner = login_last_manner(s->login, s->site.languages);
    const char *kind = ahead[number].kind;
    struct field field = {STR("kind"), kind ? str_of(kind) : STR_NONE};
    struct page page = {.site = &s->site,
                        .arena = &arena,
                        .voice = manner.voice,
                        .theme = manner.theme,
                        .fields = &field,
                        .fields_count = kind ? 1 : 0,
                        .here = str_of(ahead[number].path),
                        .status = 200};
    const struct page_entry *entry = page_find(page.here, &page.id);
    if (!entry)
        bug("a page to make ahead that is none");
    show_page(s, entry, &page, true, &reply);
    answer_release(reply.answer);
    arena_release(&arena);
}

/* ---- a decision ---- */

static void decide_page(struct server *s, const struct page_entry *entry, struct page *page,
                        struct reply *out)
{
    struct fault why;
    char moment[32];
    time_t now = time(NULL);
    struct tm parts;
    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    page->moment = arena_copy(page->arena, str_of(moment));
    if (pool_take_writer(s->pool, &page->archive, &why) != OK) {
        refuse_fault(s, page, &why, out);
        return;
    }
    make_page(s, entry, page, out);
    pool_give_writer(s->pool, page->archive);
}

/* ---- what is no page of the table ---- */

static bool reply_asset(struct str path, struct reply *out)
{
    struct asset asset;
    if (!str_starts(path, STR("/assets/")) ||
        !asset_find(str_slice(path, strlen("/assets/"), path.len), &asset))
        return false;
    *out = (struct reply){.status = 200, .bytes = asset.bytes, .media = asset.media};
    return true;
}

/* where to go back to: a page that can be shown again, else the overview */
static struct str way_back(const struct page *page)
{
    struct str address, path, query, back = page_field(page, "back");
    const struct page_entry *entry =
        request_target(back, &path, &query) ? page_find(path, &address) : NULL;
    return entry && (entry->verbs & PAGE_GET) && request_is_local(back) ? back : STR("/");
}

static void prefer(struct server *s, const struct page *page, struct reply *out)
{
    struct preferences p = login_preferences(s->login);
    struct str lang = page_field(page, "lang"), calendar = page_field(page, "calendar");
    struct str theme = page_field(page, "theme");
    if (!lang.len)
        lang = page_field(page, "language");
    const struct language *language = language_find(s->site.languages, lang);
    enum calendar shown = page->voice.calendar;
    if (language)
        p.language = language;
    if (str_equal(calendar, STR("gregorian")) || str_equal(calendar, STR("jalali"))) {
        p.calendar = calendar.at[0] == 'j' ? CALENDAR_JALALI : CALENDAR_GREGORIAN;
        p.calendar_chosen |= p.calendar != shown; /* the form sends what it showed */
    }
    if (theme.len)
        p.theme = str_equal(theme, STR("light"))  ? THEME_LIGHT
                  : str_equal(theme, STR("dark")) ? THEME_DARK
                                                  : THEME_AUTO;
    login_prefer(s->login, &p);
    reply_location(out, way_back(page));
}

/* ---- the way of a request ---- */

bool route_refuses(struct server *s, const struct request *r, struct arena *arena,
                   struct reply *out)
{
    struct str path, query, key;
    if (request_foreign(r, s->port)) {
        refuse_stranger(s, r, how_to_enter, out);
        return true;
    }
    if (is_exchange(r, &key))
        return false;
    if (!login_holds(s->login, r->cookie)) {
        refuse_stranger(s, r, how_to_enter, out);
        return true;
    }
    int status = 0;
    const char *english = NULL;
    if (!is_known_method(r))
        status = 405, english = SAID("The workspace does not know this kind of request.");
    else if (r->target.len > REQUEST_TARGET)
        status = 414, english = SAID("The address is too long.");
    else if (r->header_bytes > REQUEST_HEADERS)
        status = 431, english = SAID("The browser sent more headers than the workspace takes.");
    else if (!request_target(r->target, &path, &query))
        status = 404, english = SAID("There is no page with this address.");
    else if (is_post(r) && !request_is_form(r->media))
        status = 415, english = SAID("The workspace takes forms, and nothing else.");
    if (status)
        route_refuse(s, r, status, english, arena, out);
    return status != 0;
}

/* the fields of the form, or of the query, into the page; false when they are refused */
static bool take_fields(struct server *s, const struct request *r, struct str query,
                        struct str body, struct page *page, struct reply *out)
{
    struct field *fields;
    struct fault why;
    if (request_fields(is_post(r) ? body : query, page->arena, &fields, &page->fields_count,
                       &why) != OK) {
        page->fields_count = 0;
        refuse_text(page, 400, str_of(why.text), out);
        return false;
    }
    page->fields = fields;
    if (!is_post(r) || token_fits(&s->form_token_hash, page_field(page, "token")) ||
        token_fits(&s->form_token_hash, r->form_token))
        return true;
    refuse_text(page, 403,
                SAY(&page->voice, "This form is of an earlier run. Open the page again."), out);
    return false;
}

static void route_page(struct server *s, const struct request *r, struct str path,
                       struct page *page, struct reply *out)
{
    const struct page_entry *entry = page_find(path, &page->id);
    char digits[ADDRESS_DIGITS + 1];
    if (!entry) {
        route_refuse(s, r, 404, SAID("There is no page with this address."), page->arena, out);
        return;
    }
    if (!(entry->verbs & (is_post(r) ? PAGE_POST : PAGE_GET))) {
        route_refuse(s, r, 405, SAID("This page does not take this kind of request."), page->arena,
                     out);
        return;
    }
    if (page->id.len && !address_show(&s->site.addresses, page->id, digits)) {
        route_refuse(s, r, 404, SAID("There is no page with this address."), page->arena, out);
        return;
    }
    if (page->id.len)
        page->id = arena_copy(page->arena, str_of(digits));
    page->here = path;
    if (entry->decides)
        decide_page(s, entry, page, out);
    else
        show_page(s, entry, page, !is_post(r), out);
}

bool route_is_slow(const struct request *r)
{
    struct str path, query, address;
    const struct page_entry *entry =
        request_target(r->target, &path, &query) ? page_find(path, &address) : NULL;
    return entry && (entry->verbs & PAGE_SLOW);
}

void route_answer(struct server *s, const struct request *r, struct str body, struct arena *arena,
                  struct reply *out)
{
    struct str path, query, key;
    if (route_refuses(s, r, arena, out))
        return;
    if (is_exchange(r, &key)) {
        exchange(s, r, key, out);
        return;
    }
    struct page page = page_of(s, r, arena);
    if (!request_target(r->target, &path, &query))
        bug("a target that was looked at before");
    if (!is_post(r) && reply_asset(path, out))
        return;
    if (!take_fields(s, r, query, body, &page, out))
        return;
    if (is_post(r) && str_equal(path, STR("/preferences")))
        prefer(s, &page, out);
    else
        route_page(s, r, path, &page, out);
}
