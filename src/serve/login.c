#include "serve/login.h"

#include <pthread.h>
#include <stdio.h>

#include "serve/request.h"

struct login {
    pthread_mutex_t lock;
    char cookie[32];
    struct hash key, session;
    bool exchanged, asked;
    struct manner last;
    struct preferences preferences;
};

struct login *login_new(uint16_t port, const struct preferences *preferences,
                        char key[TOKEN_DIGITS + 1])
{
    struct login *login = mem_alloc(sizeof *login);
    pthread_mutex_init(&login->lock, NULL);
    snprintf(login->cookie, sizeof login->cookie, "govah-%u", port);
    login->preferences = *preferences;
    token_make(key, &login->key);
    return login;
}

void login_free(struct login *login)
{
    if (!login)
        return;
    pthread_mutex_destroy(&login->lock);
    mem_free(login);
}

enum login_answer login_exchange(struct login *login, struct str key,
                                 char session[TOKEN_DIGITS + 1])
{
    enum login_answer answer = LOGIN_WRONG;
    pthread_mutex_lock(&login->lock);
    if (token_fits(&login->key, key)) {
        answer = login->exchanged ? LOGIN_STOLEN : LOGIN_DONE;
        if (!login->exchanged)
            token_make(session, &login->session);
        login->exchanged = true;
    }
    pthread_mutex_unlock(&login->lock);
    return answer;
}

bool login_holds(struct login *login, struct str cookie_header)
{
    struct str value;
    if (!request_cookie(cookie_header, str_of(login->cookie), &value))
        return false;
    pthread_mutex_lock(&login->lock);
    bool holds = login->exchanged && token_fits(&login->session, value);
    pthread_mutex_unlock(&login->lock);
    return holds;
}

const char *login_cookie(const struct login *login)
{
    return login->cookie;
}

struct manner login_manner(struct login *login, const struct languages *languages,
                           struct str accepted)
{
    pthread_mutex_lock(&login->lock);
    const struct preferences *p = &login->preferences;
    const struct language *language = p->language ? p->language : language_for(languages, accepted);
    enum calendar calendar = p->calendar_chosen ? p->calendar : language_calendar(language);
    struct manner manner = login->last = (struct manner){{language, calendar}, p->theme};
    login->asked = true;
    pthread_mutex_unlock(&login->lock);
    return manner;
}

struct manner login_last_manner(struct login *login, const struct languages *languages)
{
    pthread_mutex_lock(&login->lock);
    struct manner manner = login->last;
    bool asked = login->asked;
    pthread_mutex_unlock(&login->lock);
    return asked ? manner : login_manner(login, languages, STR_NONE);
}

struct preferences login_preferences(struct login *login)
{
    pthread_mutex_lock(&login->lock);
    struct preferences preferences = login->preferences;
    pthread_mutex_unlock(&login->lock);
    return preferences;
}

void login_prefer(struct login *login, const struct preferences *preferences)
{
    pthread_mutex_lock(&login->lock);
    login->preferences = *preferences;
    pthread_mutex_unlock(&login->lock);
}
