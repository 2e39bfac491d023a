/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of a store. `sqlite3 STORE .schema` shows the comments too.
 *
 * Ids are hashes of what they stand for, so that processes need not agree on numbers and a store
 * filled in any order holds the same rows. Nothing in here tells a time of day.
 *
 * Edition 1 had neither `build` nor `build_commit`: its studies may mix the numbers of several
 * programs. It is read, and never added to.
 */
#ifndef CCS_STUDY_STORE_SCHEMA_H
#define CCS_STUDY_STORE_SCHEMA_H

#define CCS_STORE_APPLICATION_ID 0x63637374 /* "ccst" */
#define CCS_STORE_SCHEMA_VERSION 2          /* PRAGMA user_version */

#define CCS_STORE_SCHEMA                                                                           \
    "CREATE TABLE study (\n"                                                                       \
    "  id TEXT PRIMARY KEY,          -- 16 hex digits: hash of the columns marked *\n"             \
    "  scenario TEXT NOT NULL,       -- its name\n"                                                \
    "  scenario_hash TEXT NOT NULL,  -- * of the scenario before anything is varied\n"             \
    "  ccsim TEXT NOT NULL,          -- * version that ran it\n"                                   \
    "  build TEXT NOT NULL,          -- * digest of its sources that decide numbers\n"             \
    "  build_commit TEXT NOT NULL,   -- the commit of the first that did; empty: not known\n"      \
    "  seed INTEGER NOT NULL,        -- * of all points\n"                                         \
    "  mode TEXT NOT NULL,           -- * switch (one past for all policies) or long-run\n"        \
    "  policy TEXT NOT NULL,         -- * the only one that is run; empty: all\n"                  \
    "  currency TEXT NOT NULL\n"                                                                   \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE TABLE point (\n"                                                                       \
    "  id TEXT PRIMARY KEY,          -- 16 hex digits: hash of study and design\n"                 \
    "  study TEXT NOT NULL REFERENCES study,\n"                                                    \
    "  design TEXT NOT NULL,         -- JSON: what differs from the scenario, by pointer\n"        \
    "  scenario_hash TEXT NOT NULL,  -- of the scenario at this point\n"                           \
    "  status TEXT NOT NULL,         -- done, partial (replications only) or failed\n"             \
    "  replications INTEGER NOT NULL, -- behind the estimates\n"                                   \
    "  baseline TEXT,                -- policy differences are taken to\n"                         \
    "  primary_metric TEXT,          -- the metric that decides\n"                                 \
    "  signature TEXT,               -- hash of all events of all runs\n"                          \
    "  message TEXT,                 -- why it failed\n"                                           \
    "  digest TEXT NOT NULL          -- checksum of this row and its rows in the tables below,\n"  \
    "                                -- but replication\n"                                         \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE INDEX point_study ON point (study);\n"                                                 \
    "CREATE TABLE parameter (\n"                                                                   \
    "  point TEXT NOT NULL REFERENCES point,\n"                                                    \
    "  pointer TEXT NOT NULL,\n"                                                                   \
    "  value TEXT NOT NULL,          -- as --set takes it\n"                                       \
    "  number REAL,                  -- the same as a number, durations in seconds\n"              \
    "  unit TEXT,                    -- s for durations\n"                                         \
    "  PRIMARY KEY (point, pointer)\n"                                                             \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE TABLE estimate (\n"                                                                    \
    "  point TEXT NOT NULL REFERENCES point,\n"                                                    \
    "  policy TEXT NOT NULL,\n"                                                                    \
    "  slice TEXT NOT NULL,          -- team, channel, segment, issue_type, cause, account,\n"     \
    "                                -- settled;\n"                                                \
    "                                -- empty: the whole run\n"                                    \
    "  name TEXT NOT NULL,           -- of the team, channel ...\n"                                \
    "  metric TEXT NOT NULL,\n"                                                                    \
    "  unit TEXT NOT NULL,           -- s, share, currency ...\n"                                  \
    "  mean REAL,\n"                                                                               \
    "  sd REAL,                      -- of one replication\n"                                      \
    "  n INTEGER NOT NULL,           -- replications\n"                                            \
    "  lo REAL, hi REAL,             -- 95 % interval\n"                                           \
    "  is_rare INTEGER NOT NULL,     -- 1: too few events for a t interval, lo and hi are "        \
    "bounds\n"                                                                                     \
    "  reason TEXT,                  -- why something is missing, or a caution\n"                  \
    "  PRIMARY KEY (point, policy, slice, name, metric)\n"                                         \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE TABLE difference (       -- policy - versus, paired by replication\n"                  \
    "  point TEXT NOT NULL REFERENCES point,\n"                                                    \
    "  policy TEXT NOT NULL, versus TEXT NOT NULL,\n"                                              \
    "  slice TEXT NOT NULL, name TEXT NOT NULL, metric TEXT NOT NULL, unit TEXT NOT NULL,\n"       \
    "  mean REAL, sd REAL, n INTEGER NOT NULL, lo REAL, hi REAL,\n"                                \
    "  is_rare INTEGER NOT NULL, reason TEXT,\n"                                                   \
    "  p REAL,                       -- two-sided, of no difference\n"                             \
    "  p_adjusted REAL,              -- Holm, over the metrics of the whole run\n"                 \
    "  PRIMARY KEY (point, policy, versus, slice, name, metric)\n"                                 \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE TABLE value (            -- metrics of the whole run by replication\n"                 \
    "  point TEXT NOT NULL REFERENCES point,\n"                                                    \
    "  policy TEXT NOT NULL, metric TEXT NOT NULL,\n"                                              \
    "  replication INTEGER NOT NULL, -- from 1\n"                                                  \
    "  value REAL,\n"                                                                              \
    "  PRIMARY KEY (point, policy, metric, replication)\n"                                         \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE TABLE warning (\n"                                                                     \
    "  point TEXT NOT NULL REFERENCES point,\n"                                                    \
    "  number INTEGER NOT NULL, code TEXT, text TEXT NOT NULL,\n"                                  \
    "  PRIMARY KEY (point, number)\n"                                                              \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE TABLE replication (      -- what a replication left behind, to go on from\n"           \
    "  point TEXT NOT NULL REFERENCES point,\n"                                                    \
    "  number INTEGER NOT NULL,      -- from 1\n"                                                  \
    "  record BLOB NOT NULL,\n"                                                                    \
    "  digest TEXT NOT NULL,         -- checksum of point, number and record\n"                    \
    "  PRIMARY KEY (point, number)\n"                                                              \
    ") STRICT;\n"                                                                                  \
    "CREATE TABLE claim (            -- points being run now; empty when nobody works\n"           \
    "  point TEXT PRIMARY KEY,\n"                                                                  \
    "  pid INTEGER NOT NULL,\n"                                                                    \
    "  started INTEGER NOT NULL      -- of the process, in clock ticks since boot\n"               \
    ") STRICT, WITHOUT ROWID;\n"

#endif
