/* Who may see the pages: whoever came with the address that the terminal showed, once. What they
 * chose (language, calendar, theme) is kept here, and nothing but a random text in their cookie.
 * Every function may be called by several threads at once. */
#ifndef GOVAH_SERVE_LOGIN_H
#define GOVAH_SERVE_LOGIN_H

#include "publish/page.h"
#include "seal/token.h"

struct login;

/* What a reader chose; a language of NULL and a calendar not chosen follow the browser and the
 * language. */
struct preferences {
    const struct language *language;
    bool calendar_chosen;
    enum calendar calendar;
    enum theme theme;
};

/* `key` receives the token of the address: the caller shows and wipes it. The caller owns the login
 * (login_free). */
MUST_USE struct login *login_new(uint16_t port, const struct preferences *,
                                 char key[TOKEN_DIGITS + 1]);
void login_free(struct login *);

enum login_answer {
    LOGIN_DONE,   /* *session is to be set as the cookie */
    LOGIN_WRONG,  /* not the key */
    LOGIN_STOLEN, /* the key, a second time */
};

/* Exchanges the key for a session, once in a run. */
enum login_answer login_exchange(struct login *, struct str key, char session[TOKEN_DIGITS + 1]);

/* Whether a Cookie header is the session's. */
MUST_USE bool login_holds(struct login *, struct str cookie_header);

/* The cookie's name; it has the port in it, so that two archives can be open in one browser. */
const char *login_cookie(const struct login *);

/* The voice and the theme of whoever asks and accepts these languages (Accept-Language). */
struct manner {
    struct voice voice;
    enum theme theme;
};
struct manner login_manner(struct login *, const struct languages *, struct str accepted);

/* The manner that login_manner was last asked for; before that the one of a browser that accepts
 * every language alike. */
struct manner login_last_manner(struct login *, const struct languages *);

struct preferences login_preferences(struct login *);
void login_prefer(struct login *, const struct preferences *);

#endif
