/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Redwood High offers, to whom, and with what. */
#include "benchmarks/redwood/redwood.h"

enum {
        G9 = GRADE_9,
        G10 = GRADE_10,
        G11 = GRADE_11,
        G12 = GRADE_12,
        LOW = G9 | G10,
        MID = G9 | G10 | G11,
        HIGH = G11 | G12,
        UP = G10 | G11 | G12,
        ALL = G9 | G10 | G11 | G12
};

const char *const period_ids[N_PERIODS] = {"1A", "2A", "3A", "4A", "1B", "2B", "3B", "4B"};
const char *const term_ids[2] = {"S1", "S2"};

/* clang-format off */
#define ENG "English", "B", "english", "english", "classroom"
#define ENG_G "English", "G", "english", "english", "classroom"
#define MATH "Mathematics", "C", "mathematics", "math", "classroom"
#define BIO_D "Science", "D", "biology", "science", "science-lab"
#define CHEM_D "Science", "D", "chemistry", "science", "science-lab"
#define PHYS_D "Science", "D", "physics", "science", "science-lab"
#define GEO_D "Science", "D", "geosciences", "science", "science-lab"
#define SOC "Social Science", "A", "social-science", "social", "classroom"
#define SOC_G "Social Science", "G", "social-science", "social", "classroom"
#define PE "Physical Education", NULL, "physical-education", "pe", "gym"
#define SPAN "World Language", "E", "spanish", "spanish", "classroom"
#define FREN "World Language", "E", "french", "french", "classroom"
#define ASL "World Language", "E", "asl", "asl", "classroom"
#define ART "Visual and Performing Arts", "F", "art", "art", "art-room"
#define MUSIC "Visual and Performing Arts", "F", "music", "music", "music-room"
#define STAGE "Visual and Performing Arts", "F", "theater", "theater", "theater"
#define DANCE "Visual and Performing Arts", "F", "dance", "dance", "dance-studio"
#define ANYONE "Electives", "G", NULL
#define CORE .core = true
#define PICK .core = false

const struct course catalog[] = {
        {"ENG9", "English 9", ENG, G9, 32, 8, "english", CORE, .co_taught = 3},
        {"ENG9H", "English 9 Honors", ENG, G9, 32, 2, "english", CORE},
        {"ENG10", "English 10", ENG, G10, 32, 8, "english", CORE, .co_taught = 2},
        {"ENG10H", "English 10 Honors", ENG, G10, 32, 2, "english", CORE},
        {"ENG11", "English 11: American Literature", ENG, G11, 32, 6, "english", CORE},
        {"AMSENG", "American Studies: Literature", ENG, G11, 32, 2, "english", BLOCK, "AMSHIS", CORE},
        {"APLANG", "AP English Language", ENG, G11, 32, 2, "english", CORE},
        {"ERWC", "Expository Reading and Writing", ENG, G12, 32, 5, "english", CORE},
        {"ENG12", "English 12: World Literature", ENG, G12, 32, 3, "english", CORE},
        {"APLIT", "AP English Literature", ENG, G12, 32, 2, "english", CORE},
        {"CREATWRT", "Creative Writing", ENG_G, UP, 32, 2, "writing", PICK},
        {"FILMLIT", "Film as Literature", ENG_G, HIGH, 32, 2, "film", PICK},
        {"JOURN", "Journalism", "English", "G", "english", "english", "computer-lab", UP, 32, 1, "press", PICK},
        {"DEBATE", "Speech and Debate", ENG_G, ALL, 32, 1, "debate", PICK},

        {"ALG1", "Algebra 1", MATH, LOW, 32, 7, "math", CORE, .co_taught = 3},
        {"GEOM", "Geometry", MATH, MID, 32, 9, "math", CORE, .co_taught = 2},
        {"ALG2", "Algebra 2", MATH, ALL, 32, 9, "math", CORE},
        {"PRECALC", "Precalculus", MATH, UP, 32, 5, "math", CORE},
        {"STATS", "Statistics", MATH, HIGH, 32, 3, "math", CORE},
        {"APSTAT", "AP Statistics", MATH, G12, 32, 1, "math", CORE},
        {"CALCAB", "AP Calculus AB", MATH, HIGH, 32, 2, "math", CORE},
        {"CALCBC", "AP Calculus BC", MATH, G12, 32, 1, "math", CORE},

        {"BIO", "Biology: The Living Earth", BIO_D, G9, 32, 10, "science", CORE},
        {"ANAT", "Anatomy and Physiology", BIO_D, HIGH, 32, 2, "science", CORE},
        {"APBIO", "AP Biology", BIO_D, HIGH, 32, 1, "science", CORE},
        {"MARINE", "Marine Biology", BIO_D, HIGH, 32, 2, "science", CORE},
        {"CHEM", "Chemistry in the Earth System", CHEM_D, UP, 32, 7, "science", CORE},
        {"APCHEM", "AP Chemistry", CHEM_D, HIGH, 32, 1, "science", CORE},
        {"FORENSIC", "Forensic Science", CHEM_D, HIGH, 32, 2, "science", CORE},
        {"PHYS", "Physics in the Universe", PHYS_D, HIGH, 32, 4, "science", CORE},
        {"APPHYS", "AP Physics 1", PHYS_D, HIGH, 32, 1, "science", CORE},
        {"EARTH", "Earth and Space Science", GEO_D, G10, 32, 3, "science", CORE},
        {"ENVSCI", "Environmental Science", GEO_D, HIGH, 32, 2, "science", CORE},
        {"APES", "AP Environmental Science", GEO_D, HIGH, 32, 1, "science", CORE},

        {"HEALTH", "Health", "Physical Education", NULL, "health-education", "health-ed", "classroom",
                G9, 32, 5, "health", WAVES, "ETHNIC", CORE},
        {"ETHNIC", "Ethnic Studies", SOC_G, G9, 32, 0, "health", PARTNER, CORE},
        {"WHIST", "World History", SOC, G10, 32, 9, "history", CORE},
        {"WHISTH", "World History Honors", SOC, G10, 32, 1, "history", CORE},
        {"USHIST", "United States History", SOC, G11, 32, 6, "history", CORE},
        {"AMSHIS", "American Studies: History", SOC, G11, 32, 0, "history", PARTNER, CORE},
        {"APUSH", "AP United States History", SOC, G11, 32, 2, "history", CORE},
        {"GOV", "Government", SOC, G12, 32, 10, "history", TERMS, "ECON", CORE},
        {"ECON", "Economics", SOC_G, G12, 32, 0, "history", PARTNER, CORE},
        {"PSYCH", "Psychology", SOC_G, HIGH, 32, 3, "psychology", PICK},
        {"APPSYCH", "AP Psychology", SOC_G, HIGH, 32, 2, "psychology", PICK},
        {"SOCIOL", "Sociology", SOC_G, HIGH, 32, 2, "sociology", PICK},
        {"PERSFIN", "Personal Finance", "Business", "G", "business", "business", "classroom", HIGH, 32, 2,
                "finance", TERMS, "BUSLAW", PICK},
        {"BUSLAW", "Business Law", "Business", "G", "business", "business", "classroom", HIGH, 32, 0,
                "finance", PARTNER, PICK},
        {"COMPAPP", "Computer Applications", "Business", "G", "business", "business", "computer-lab",
                ALL, 32, 3, "computing", PICK},

        {"PE9", "Physical Education 9", PE, G9, 45, 7, "pe", CORE},
        {"PE10", "Physical Education 10", PE, G10, 45, 7, "pe", CORE},
        {"WEIGHTS", "Weight Training", PE, HIGH, 40, 3, "pe", PICK},
        {"YOGA", "Yoga and Wellness", PE, HIGH, 40, 3, "pe", PICK},

        {"SPAN1", "Spanish 1", SPAN, LOW, 32, 6, "language", PICK},
        {"SPAN2", "Spanish 2", SPAN, MID, 32, 6, "language", PICK},
        {"SPAN3", "Spanish 3", SPAN, UP, 32, 4, "language", PICK},
        {"SPAN4", "Spanish 4", SPAN, HIGH, 32, 1, "language", PICK},
        {"APSPAN", "AP Spanish Language", SPAN, HIGH, 32, 1, "language", PICK},
        {"HERITSP", "Spanish for Heritage Speakers", SPAN, MID, 32, 2, "language", PICK},
        {"FREN1", "French 1", FREN, LOW, 32, 2, "language", PICK},
        {"FREN2", "French 2", FREN, MID, 32, 2, "language", PICK},
        {"FREN3", "French 3", FREN, HIGH, 32, 1, "language", EITHER, "FREN4", PICK},
        {"FREN4", "French 4", FREN, HIGH, 32, 0, "language", PARTNER, PICK},
        {"ASL1", "American Sign Language 1", ASL, ALL, 32, 2, "language", PICK},
        {"ASL2", "American Sign Language 2", ASL, UP, 32, 1, "language", PICK},

        {"ART1", "Art 1", ART, ALL, 32, 6, "art", PICK},
        {"ART2", "Art 2", ART, UP, 32, 2, "art", PICK},
        {"APART", "AP Studio Art", ART, HIGH, 32, 1, "art", PICK},
        {"CERAM", "Ceramics", ART, ALL, 32, 4, "clay", PICK},
        {"PHOTO", "Digital Photography", ART, ALL, 32, 3, "photo", PICK},
        {"BAND", "Concert Band", MUSIC, ALL, 60, 1, "ensemble", PICK},
        {"JAZZ", "Jazz Ensemble", MUSIC, UP, 32, 1, "jazz", PICK},
        {"ORCH", "Orchestra", MUSIC, ALL, 50, 1, "ensemble", PICK},
        {"CHOIR", "Concert Choir", MUSIC, ALL, 50, 1, "choir", PICK},
        {"CHAMBER", "Chamber Singers", MUSIC, HIGH, 32, 1, "choir", PICK},
        {"GUITAR", "Guitar", MUSIC, ALL, 32, 3, "guitar", PICK},
        {"PIANO", "Piano", MUSIC, ALL, 32, 2, "piano", PICK},
        {"DRAMA1", "Drama 1", STAGE, ALL, 32, 3, "drama", PICK},
        {"DRAMA2", "Advanced Drama", STAGE, UP, 32, 1, "drama", PICK},
        {"STAGEC", "Stagecraft", "Visual and Performing Arts", "F", "theater", "theater", "fab-lab", ALL, 28,
                1, "stagecraft", PICK},
        {"DANCE1", "Dance 1", DANCE, ALL, 36, 2, "dance", PICK},
        {"DANCE2", "Dance 2", DANCE, UP, 36, 1, "dance", PICK},

        {"AVID9", "AVID 9", ANYONE, "english", "classroom", G9, 32, 2, "avid", PICK},
        {"AVID10", "AVID 10", ANYONE, "social", "classroom", G10, 32, 2, "avid", PICK},
        {"AVID11", "AVID 11", ANYONE, "english", "classroom", G11, 32, 2, "avid", PICK},
        {"AVID12", "AVID 12", ANYONE, "social", "classroom", G12, 32, 2, "avid", PICK},
        {"YEARBK", "Yearbook", ANYONE, "business", "computer-lab", UP, 32, 1, "press", PICK},
        {"ASB", "Student Leadership", "Electives", NULL, NULL, "social", "classroom", ALL, 32, 1, "asb",
                .extra = "load: false"},
        {"CHILDDEV", "Child Development", "Family and Consumer Sciences", "G", "home-economics", "home-ec",
                "classroom", ALL, 32, 2, "child", PICK},
        {"FOODS", "Foods and Nutrition", "Family and Consumer Sciences", NULL, "home-economics", "home-ec",
                "kitchen", ALL, 28, 2, "foods", PICK},
        {"WORKEXP", "Work Experience", "Electives", NULL, NULL, "none", NULL, G12, 30, 2, "work",
                .starts = 0x88, .extra = "staffed: false, off_campus: end"},
        {"ELD1", "English Language Development 1", "English", NULL, "el-auth", "eld", "classroom", ALL, 24,
                1, "eld", CORE, .extra = "only: {flag: el}"},
        {"ELD2", "English Language Development 2", "English", "B", "el-auth", "eld", "classroom", ALL, 24, 2,
                "eld", CORE, .extra = "only: {flag: el}"},
        {"ACADSUP", "Academic Support", "Special Education", NULL, "education-specialist", "special",
                "classroom", ALL, 14, 5, "support", CORE, .extra = "only: {flag: iep}"},

        {"MED1", "Medical Science 1", "Health Science", "G", "cte-health", "cte-health", "health-lab", UP,
                32, 2, "cte", .nth = 1},
        {"MED2", "Medical Science 2", "Health Science", "G", "cte-health", "cte-health", "health-lab", HIGH,
                32, 2, "cte", .nth = 1},
        {"EMR", "Emergency Medical Responder", "Health Science", "G", "cte-health", "cte-health",
                "health-lab", G12, 30, 1, "cte", SEQUEL, "INTERN", .nth = 2, .periods = 2, .starts = 0x44,
                CORE},
        {"INTERN", "Health Internship", "Health Science", NULL, NULL, "none", NULL, G12, 30, 0, "cte",
                PARTNER, .periods = 2, .starts = 0x44, CORE, .extra = "staffed: false, off_campus: end"},
        {"AUTO1", "Automotive Service 1", "Transportation", "G", "cte-transportation", "cte-auto",
                "auto-shop", ALL, 28, 2, "cte", .nth = 1},
        {"AUTO2", "Automotive Service 2", "Transportation", "G", "cte-transportation", "cte-auto",
                "auto-shop", HIGH, 28, 1, "cte", .nth = 1},
        {"AUTO3", "Automotive Diagnostics Capstone", "Transportation", "G", "cte-transportation",
                "cte-auto", "auto-shop", G12, 28, 1, "cte", .nth = 2, .periods = 2, CORE},
        {"CUL1", "Culinary Arts 1", "Hospitality", "G", "cte-hospitality", "cte-food", "kitchen", ALL, 28, 2,
                "cte", .nth = 1},
        {"CUL2", "Culinary Arts 2", "Hospitality", "G", "cte-hospitality", "cte-food", "kitchen", HIGH, 28,
                1, "cte", .nth = 1},
        {"CUL3", "Culinary Capstone: Restaurant", "Hospitality", "G", "cte-hospitality", "cte-food",
                "kitchen", G12, 28, 1, "cte", .nth = 1, .periods = 2, CORE},
        {"DMA1", "Digital Media Arts 1", "Arts, Media, and Entertainment", "F", "cte-media", "cte-media",
                "computer-lab", ALL, 32, 3, "cte", .nth = 1},
        {"DMA2", "Digital Media Arts 2", "Arts, Media, and Entertainment", "F", "cte-media", "cte-media",
                "computer-lab", HIGH, 32, 1, "cte", .nth = 1},
        {"DMA3", "Media Production Capstone", "Arts, Media, and Entertainment", "F", "cte-media",
                "cte-media", "computer-lab", G12, 32, 1, "cte", .nth = 1, CORE},
        {"CS1", "Computer Science Principles", "Information Technology", "G", "cte-ict", "cte-ict",
                "computer-lab", ALL, 32, 2, "cte", .nth = 1},
        {"APCSA", "AP Computer Science A", "Information Technology", "C", "cte-ict", "cte-ict",
                "computer-lab", HIGH, 32, 1, "cte", .nth = 1},
        {"CYBER", "Cybersecurity Capstone", "Information Technology", "G", "cte-ict", "cte-ict",
                "computer-lab", G12, 32, 1, "cte", .nth = 1, CORE},
        {"ENGR1", "Introduction to Engineering Design", "Engineering", "G", "cte-engineering",
                "cte-engineering", "fab-lab", ALL, 30, 2, "cte", .nth = 1},
        {"ENGR2", "Principles of Engineering", "Engineering", "D", "cte-engineering", "cte-engineering",
                "fab-lab", HIGH, 30, 1, "cte", .nth = 1},
        {"ENGR3", "Engineering Design Capstone", "Engineering", "G", "cte-engineering", "cte-engineering",
                "fab-lab", G12, 30, 1, "cte", .nth = 1, CORE},
};
const int n_catalog = sizeof catalog / sizeof *catalog;

/* From the easiest course to the hardest; the counts of a grade and subject add up to the grade. */
const struct core_share core_shares[] = {
        {9, "english", "ENG9", 246}, {9, "english", "ENG9H", 60},
        {9, "math", "ALG1", 190}, {9, "math", "GEOM", 90}, {9, "math", "ALG2", 26},
        {9, "science", "BIO", 306}, {9, "health", "HEALTH", 306}, {9, "pe", "PE9", 306},
        {10, "english", "ENG10", 244}, {10, "english", "ENG10H", 60},
        {10, "math", "ALG1", 20}, {10, "math", "GEOM", 170}, {10, "math", "ALG2", 90},
        {10, "math", "PRECALC", 24},
        {10, "science", "EARTH", 92}, {10, "science", "CHEM", 212},
        {10, "history", "WHIST", 274}, {10, "history", "WHISTH", 30}, {10, "pe", "PE10", 304},
        {11, "english", "ENG11", 177}, {11, "english", "AMSENG", 61}, {11, "english", "APLANG", 60},
        {11, "math", "GEOM", 18}, {11, "math", "ALG2", 142}, {11, "math", "PRECALC", 84},
        {11, "math", "STATS", 30}, {11, "math", "CALCAB", 24},
        {11, "science", "ENVSCI", 56}, {11, "science", "ANAT", 60}, {11, "science", "PHYS", 124},
        {11, "science", "APES", 30}, {11, "science", "APBIO", 28},
        {11, "history", "AMSENG", 61}, {11, "history", "USHIST", 181}, {11, "history", "APUSH", 56},
        {12, "english", "ENG12", 84}, {12, "english", "ERWC", 152}, {12, "english", "APLIT", 56},
        {12, "math", NULL, 82}, {12, "math", "ALG2", 20}, {12, "math", "STATS", 60},
        {12, "math", "PRECALC", 48}, {12, "math", "APSTAT", 30}, {12, "math", "CALCAB", 32},
        {12, "math", "CALCBC", 20},
        {12, "science", NULL, 118}, {12, "science", "MARINE", 60}, {12, "science", "FORENSIC", 60},
        {12, "science", "APCHEM", 26}, {12, "science", "APPHYS", 28},
        {12, "history", "GOV", 292},
};
const int n_core_shares = sizeof core_shares / sizeof *core_shares;

const struct pathway pathways[N_PATHWAYS] = {
        {"culinary", "Food Service and Hospitality", "Hospitality, Tourism, and Recreation", "CUL1", "CUL2",
                "CUL3", "cte-food", 24},
        {"auto", "Systems Diagnostics, Service, and Repair", "Transportation", "AUTO1", "AUTO2", "AUTO3",
                "cte-auto", 22},
        {"health", "Patient Care", "Health Science and Medical Technology", "MED1", "MED2", "EMR",
                "cte-health", 26},
        {"media", "Design, Visual, and Media Arts", "Arts, Media, and Entertainment", "DMA1", "DMA2",
                "DMA3", "cte-media", 28},
        {"software", "Software and Systems Development", "Information and Communication Technologies",
                "CS1", "APCSA", "CYBER", "cte-ict", 26},
        {"engineering", "Engineering Design", "Engineering and Architecture", "ENGR1", "ENGR2", "ENGR3",
                "cte-engineering", 24},
};

const struct group groups[N_GROUPS] = {
        {0, 10, 25, "culinary-10", {"ENG10", "WHIST", "CUL1"}},
        {1, 10, 25, "auto-10", {"ENG10", "WHIST", "AUTO1"}},
        {2, 10, 26, "health-10", {"ENG10", "WHIST", "CHEM", "MED1"}},
        {2, 10, 26, "health-10", {"ENG10", "WHIST", "CHEM", "MED1"}},
        {3, 10, 26, "media-10", {"ENG10", "WHIST", "DMA1"}},
        {4, 10, 26, "software-10", {"ENG10", "WHIST", "CS1"}},
        {5, 10, 26, "engineering-10", {"ENG10", "WHIST", "ENGR1"}},
        {0, 11, 24, "culinary-11", {"ENG11", "USHIST", "CUL2"}},
        {1, 11, 24, "auto-11", {"ENG11", "USHIST", "AUTO2"}},
        {2, 11, 24, "health-11", {"ENG11", "USHIST", "ANAT", "MED2"}},
        {2, 11, 24, "health-11", {"ENG11", "USHIST", "ANAT", "MED2"}},
        {3, 11, 25, "media-11", {"AMSENG", "DMA2"}},
        {4, 11, 24, "software-11", {"ENG11", "USHIST", "APCSA"}},
        {5, 11, 25, "engineering-11", {"ENG11", "USHIST", "ENGR2"}},
};

const struct room_type room_types[] = {
        {"classroom", "R", 24, 36, NULL}, {"science-lab", "S", 5, 32, NULL},
        {"computer-lab", "C", 2, 32, "classroom"}, {"art-room", "ART", 3, 32, NULL},
        {"music-room", "MUS", 2, 60, NULL}, {"theater", "TH", 1, 60, NULL},
        {"dance-studio", "DAN", 1, 36, NULL}, {"gym", "GYM", 3, 90, NULL}, {"kitchen", "KIT", 1, 28, NULL},
        {"auto-shop", "AUTO", 1, 28, NULL}, {"health-lab", "HL", 1, 32, "classroom"},
        {"fab-lab", "FAB", 1, 30, NULL},
};
const int n_room_types = sizeof room_types / sizeof *room_types;

/* Bits: 1A is 1, 4A is 8, 1B is 16, 4B is 128. */
const struct part_time part_timers[] = {
        {"cte-health", 1, 0x3f, "[1A, 2A, 3A, 4A, 1B, 2B]"},
        {"cte-health", 2, 0xc0, "{S1: [3B, 4B], S2: []}"},
        {"cte-auto", 1, 0x77, "[1A, 2A, 3A, 1B, 2B, 3B]"},
        {"cte-auto", 2, 0xf0, "[1B, 2B, 3B, 4B]"},
        {"cte-ict", 1, 0x3f, "[1A, 2A, 3A, 4A, 1B, 2B]"},
        {"cte-engineering", 1, 0xfc, "{S1: [3A, 4A, 1B, 2B, 3B, 4B], S2: [1A, 2A, 3A, 4A, 1B, 2B, 3B, 4B]}"},
        {"asl", 1, 0x33, "[1A, 2A, 1B, 2B]"},
        {"dance", 1, 0xcc, "[3A, 4A, 3B, 4B]"},
};
const int n_part_timers = sizeof part_timers / sizeof *part_timers;
/* clang-format on */

int course_find(const char *id)
{
        for (int i = 0; i < n_catalog; i++)
                if (strcmp(catalog[i].id, id) == 0)
                        return i;
        fail("unknown course", id);
        return -1;
}
