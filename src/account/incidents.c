#include "account/incidents.h"

#include "read/incident.h"

const struct incident_facts *incidents_known(const struct reader *reader, struct str lang,
                                             struct arena *arena, size_t *count)
{
    const struct incident *all = incidents_of(reader, count);
    struct incident_facts *out = arena_alloc(arena, (*count + 1) * sizeof *out);
    bool persian = str_starts(lang, STR("fa"));
    for (size_t i = 0; i < *count; i++)
        out[i] = (struct incident_facts){
            all[i].id, persian && all[i].name_fa.len ? all[i].name_fa : all[i].name_en,
            all[i].since, all[i].until};
    return out;
}
