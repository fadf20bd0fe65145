/* How a page speaks: the language of the interface, its direction, digits and calendar.
 *
 * English is the language of the source; what is said in another comes from po/LANG.po, built into
 * the program (catalogue.h), and where that says nothing, in English. Labels of the record (events,
 * populations), the names of months and how dates and counts are put into words are data:
 * data/lang/LANG/interface.tsv, whose folder's name is the language's code. Everything here is
 * read-only after languages_new and safe to share between threads; gettext's own library speaks
 * the one locale of its process and does not serve. */
#ifndef GOVAH_PUBLISH_VOICE_H
#define GOVAH_PUBLISH_VOICE_H

#include "account/value.h"
#include "base/fault.h"
#include "text/calendar.h"

struct language; /* a catalogue and the tables of one language */
struct languages;

/* Every language that has an interface. Faults name the file and the line. The caller owns *out
 * (languages_free). */
MUST_USE enum outcome languages_new(struct languages **out, struct fault *why);
void languages_free(struct languages *);

size_t languages_count(const struct languages *);
const struct language *language_at(const struct languages *, size_t);

/* By its code ("en", "fa"), or NULL. */
const struct language *language_find(const struct languages *, struct str code);

/* The best for an Accept-Language header (RFC 9110, 12.5.4), the first language if none fits. */
const struct language *language_for(const struct languages *, struct str accepted);

struct str language_code(const struct language *);
struct str language_own_name(const struct language *); /* "English", "فارسی" */
bool language_right_to_left(const struct language *);

/* The calendar that its readers expect. */
enum calendar language_calendar(const struct language *);

/* What one reader chose. */
struct voice {
    const struct language *language;
    enum calendar calendar; /* Gregorian or Jalali */
};

/* The text in the voice's language. `english` is the key, a literal that the catalogues list:
 * script/translate finds it where it stands in SAY(voice, "..."). */
struct str voice_say(const struct voice *, const char *english);
struct str voice_say_count(const struct voice *, const char *one, const char *many, int64_t count);
#define SAY(voice, english) voice_say(voice, english)
#define SAY_COUNT(voice, one, many, count) voice_say_count(voice, one, many, count)

/* Marks a literal that stands in a table and is said later, by voice_say. */
#define SAID(english) english

/* Of a text that a table has in English and in Persian that of the voice; the English one where the
 * other is empty. */
struct str voice_told(const struct voice *, struct str english, struct str persian);

/* What comes out lies in the arena. Digits and separators are the language's. */
struct str voice_number(const struct voice *, struct arena *, int64_t);

/* "≥ 527", with the signs of account/value.h; in words where readers of the language do not read
 * such signs: «دست‌کم ۵۲۷». */
struct str voice_value(const struct voice *, struct arena *, const struct figure *);

/* An EDTF date in words in the voice's calendar, "22 November 2022", as exact as it is and no more:
 * "November 2022", "2022?", "since 15 November 2019". A month or a year of the other calendar is
 * the two in which it lies, «آبان–آذر ۱۴۰۱»; days that make up a month of the voice's calendar are
 * that month. A date that is none comes back as it stands. */
struct str voice_date(const struct voice *, struct arena *, struct str edtf);

/* The same in the other calendar, for those who ask. */
struct str voice_date_other(const struct voice *, struct arena *, struct str edtf);

/* A moment of the record, "2026-11-21T07:40:00Z", as date and time of day (UTC). */
struct str voice_moment(const struct voice *, struct arena *, struct str utc);

/* A label of the record in words: "sentenced_to_death", "killed", "people", a role, an event of a
 * life, a property, a detail's name; with or without "other:" before it. One that the language has
 * no words for is shown with its own words, by label_words. */
struct str voice_label(const struct voice *, struct arena *, struct str label);

/* Those to whom the event of a figure happened, as the heading over their counts:
 * «کشته‌شدگان».
 */
struct str voice_counted(const struct voice *, struct arena *, struct str event);

/* The label of a figure's event as said of those counted, behind their number: «کشته» in «۴۰۰ نفر
 * کشته»; else as voice_label. */
struct str voice_happened(const struct voice *, struct arena *, struct str event);

/* A detail's value in words: an ISO 8601 duration of years, months, weeks and days ("P10Y8M" is "10
 * years and 8 months"), "74 lashes", the number of a branch or a ward, a label that the language
 * has words for; else as it stands. */
struct str voice_detail(const struct voice *, struct arena *, struct str value);

/* "a, b and c" */
struct str voice_list(const struct voice *, struct arena *, const struct str *texts, size_t count);

#endif
