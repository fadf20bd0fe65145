/* What the columns of a list hold, and what of it is evidence for who somebody is. */
#ifndef GOVAH_MATCH_FIELDS_H
#define GOVAH_MATCH_FIELDS_H

#include "base/fault.h"

/* The order is that of the names in fields.c. */
enum field {
    FIELD_NONE, /* left alone */
    FIELD_ID,
    FIELD_FULL_NAME,
    FIELD_GIVEN_NAME,
    FIELD_FAMILY_NAME,
    FIELD_FATHER_NAME,
    FIELD_BIRTH_DATE,
    FIELD_BIRTH_YEAR,
    FIELD_BIRTH_MONTH,
    FIELD_BIRTH_DAY,
    FIELD_AGE,
    FIELD_DATE,
    FIELD_GENDER,
    FIELD_PLACE,
    FIELD_REGION,
    FIELD_POSTCODE,
    FIELD_ADDRESS,
    FIELD_NUMBER,
    FIELD_OCCUPATION,
    FIELD_GROUP,
    FIELD_TEXT,
    FIELD_IDENTIFIER,
    FIELD_PHONE,
    FIELD_EMAIL,
    FIELDS
};

/* "full_name" and so on, as --fields writes them. */
const char *field_name(enum field);
MUST_USE bool field_named(struct str name, enum field *out);

/* What a column of that heading holds (data/names/columns.tsv); FIELD_NONE when nobody knows. */
MUST_USE enum outcome field_of_heading(struct str heading, enum field *out, struct fault *why);

/* Reads data/names/genders.tsv and data/names/missing.tsv; once, after spelling_start. */
MUST_USE enum outcome fields_start(struct fault *why);

/* Whether a field says that nothing is known. */
bool field_is_missing(struct str);

/* 'f', 'm' or 0. */
char gender_of(struct str word);

/* What a list was found to hold: a field for each column, and how its dates are written. */
struct date_style {
    bool jalali, month_first;
};

/* A day packed as likeness.h says; 0 when it is none. Years alone, months of a year, any order with
 * any separator, eight digits together; digits of any script. */
uint32_t date_of_text(struct str text, struct date_style);

/* What the dates of a column look like, one after another. */
struct date_census {
    size_t seen, jalali, day_first, month_first;
};
void date_census_add(struct date_census *, struct str text);
struct date_style date_census_end(const struct date_census *);

#endif
