/* What a reader holds: the vocabularies, parsed once. */
#ifndef GOVAH_READ_READER_INT_H
#define GOVAH_READ_READER_INT_H

#include "read/confidence.h"
#include "read/date.h"
#include "read/finding_int.h"
#include "read/incident.h"
#include "read/lexicon.h"

struct reader {
    struct lexicon *lexicon;
    struct date_lexicon *dates;
    struct incidents *incidents;
    struct finding_rules *findings;
    struct confidences *confidences;
};

const struct incidents *reader_incidents(const struct reader *);

#endif
