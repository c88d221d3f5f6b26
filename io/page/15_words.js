/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What codes mean, in the words of a school. */

const TIERS = {
  cte_unmet: ['CTE requests not met', 'requests'],
  cte_unplaced: ['CTE sections missing', 'sections'],
  cohort_breaks: ['Cohort members outside their cohort’s sections', 'requests'],
  requirement_shortfall: ['Years short of a graduation or A-G requirement', 'years'],
  required_unmet: ['Other required requests not met', 'requests'],
  empty_periods: ['Periods of class below a full day', 'periods'],
  request_loss: ['Requests not met (4 each), less alternates used', 'points'],
  uneven: ['Unmet requests of a student beyond the first', 'requests'],
  unplaced: ['Other sections missing', 'sections'],
  planning_missed: ['Common planning periods missing', 'periods'],
  imbalance: ['Class sizes of one course more than 3 apart', 'students'],
  extra_sections: ['Sections beyond the number wanted', 'sections'],
  away: ['Sections away from the teacher’s own room', 'sections'],
  moved: ['Seats that differ from the previous schedule', 'seats'],
};

const CAUSES = {
  blocked_full: ['Every section is full', 'One more seat or one more section would help.'],
  blocked_overlap: ['Every section meets during the student’s other classes', 'More seats would not help: a section, or one of the student’s other classes, would have to move.'],
  blocked_full_overlap: ['Every section is full, and meets during the student’s other classes', 'A seat more would not do: the student’s other classes, or a section, would have to move, too.'],
  blocked_purity_overlap: ['Sections are reserved for a cohort, and meet during the student’s other classes', 'They take no more students from outside; another time alone would not help.'],
  blocked_mixed: ['Each section is blocked, not all for the same reason', 'Most often some are full and the others overlap.'],
  blocked_support: ['No co-taught section has a place', 'The student needs a co-taught section.'],
  blocked_purity: ['Sections are reserved for a cohort', 'They take no more students from outside.'],
  blocked_contacts: ['Teachers are at their contract’s limit of students', 'Another teacher, or a higher limit, would help.'],
  blocked_away: ['Sections meet when the student is not available', ''],
  blocked_rule: ['A rule of the school keeps the student out', 'Rules are in the school’s file.'],
  blocked_lock: ['A lock by hand keeps the student out', 'Locks are in the school’s file.'],
  blocked_strands: ['It would split a cohort that moves together', ''],
  blocked_alternate: ['The student’s alternate stands in for it', ''],
  possible: ['Nothing rules it out, but it would cost as much elsewhere', 'A seat would break something of equal or higher rank.'],
  grade: ['The course is not open to the student’s grade', 'Check the request or the course’s grades.'],
  only: ['The course is kept for other students', 'Check the request or the course’s restriction.'],
  away: ['The student is not available when the course may run', ''],
  not_offered: ['The course has no section', ''],
  not_placed: ['No section of the course could be placed', ''],
  no_start: ['No run of periods is long enough, or allowed', ''],
  no_credential: ['Nobody holds the credential', ''],
  no_teacher: ['No teacher with the credential is free', ''],
  no_co_teacher: ['No co-teacher is free when a teacher is', ''],
  no_room_type: ['No room has the type', ''],
  no_room: ['No room of the type is free when a teacher is', ''],
  too_few: ['Too few students could sit there', 'It would stay below the course’s minimum.'],
  rule: ['Rules or locks forbid every place that is left', ''],
  no_need: ['Nobody who asked for it could sit there', ''],
  unknown: ['No reason was found', ''],
};
/* What stands before a seat, in a cell. */
const BLOCKS = {
  full: 'full', overlap: 'overlaps', support: 'not co-taught', purity: 'reserved for a cohort', contacts: 'teacher at the limit of students', away: 'not available',
  rule: 'ruled out by a rule', lock: 'ruled out by a lock', strands: 'would split a cohort', alternate: 'an alternate stands in',
};
const causeTitle = (why) => (CAUSES[why] || [why])[0];
const causeHint = (why) => (CAUSES[why] || ['', ''])[1];

const MEASURES = {
  cte_sections_placed: 'CTE sections placed',
  cte_requests_met: 'CTE requests met',
  cohort_purity: 'Cohort purity',
  cohort_requests_met_inside: 'Cohort requests met inside the cohort',
  primary_met: 'Primary requests met',
  primary_met_or_alternate: 'Met, or an alternate used',
  required_met: 'Required requests met',
  students_whole: 'Students with every request met',
  sections_placed: 'Sections placed',
};

/* Student schedules go home in two languages. */
const WORDS = {
  en: {
    lang: 'en', schedule: 'Class schedule', student: 'Student', grade: 'Grade', pathway: 'Pathway', period: 'Period', time: 'Time', day: 'Day',
    term: 'Term', course: 'Class', teacher: 'Teacher', room: 'Room', none: 'No class', away: 'Not available', year: 'All year',
    missing: 'Requested, not scheduled', alternate: 'alternate', number: 'ID', note: 'Questions? Please see your counselor.',
  },
  es: {
    lang: 'es', schedule: 'Horario de clases', student: 'Estudiante', grade: 'Grado', pathway: 'Programa de carrera', period: 'Período', time: 'Hora', day: 'Día',
    term: 'Ciclo', course: 'Clase', teacher: 'Maestro/a', room: 'Salón', none: 'Sin clase', away: 'No disponible', year: 'Todo el año',
    missing: 'Solicitadas, no asignadas', alternate: 'alternativa', number: 'N.º de identificación', note: '¿Preguntas? Hable con su consejero/a.',
  },
};
