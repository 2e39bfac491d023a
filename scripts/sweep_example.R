#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Sweeps a scenario, reads the results and draws them: an example to start from, in base R.
#
#   Rscript scripts/sweep_example.R [FOLDER]
#
# Into FOLDER (default: sweep-example) go the store study.db, the table study.csv and the chart
# study.pdf, and the table is printed. CCSIM names the program (default: ccsim), SCENARIO the
# scenario (default: scenarios/minimal.json). Run it again and nothing is simulated twice.

ccsim <- Sys.getenv("CCSIM", "ccsim")
scenario <- Sys.getenv("SCENARIO", "scenarios/minimal.json")
arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments) > 0) arguments[1] else "sweep-example"
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
store <- file.path(folder, "study.db")
table <- file.path(folder, "study.csv")

run <- function(...) {
  code <- system2(ccsim, shQuote(c(...)), stdout = FALSE)
  if (code != 0) stop("ccsim ended with exit code ", code)
}

run("sweep", scenario, "--vary", "/teams/agents/agents=11:16:1",
    "--vary", "/issue_types/call/talk/mean=150 s,3 min,210 s",
    "--reps", "5", "--quiet", "--store", store)
run("export", store, "--metric", "service_level", "-o", table)

# Whole-run estimates only, a row per point, a column per statistic.
rows <- read.csv(table, comment.char = "#", check.names = FALSE,
                 colClasses = "character", na.strings = character(0))
rows <- rows[rows$channel == "" & rows$issue_type == "" & rows$team == "" & rows$versus == "", ]
points <- data.frame(agents = as.numeric(rows[["/teams/agents/agents"]]),
                     talk = as.numeric(rows[["/issue_types/call/talk/mean_s"]]),
                     statistic = rows$statistic, value = as.numeric(rows$value))
wide <- reshape(points, idvar = c("agents", "talk"), timevar = "statistic", direction = "wide")
wide <- wide[order(wide$talk, wide$agents), ]

cat("service_level by agents and mean talk time (s)\n")
print(round(100 * xtabs(value.mean ~ talk + agents, wide), 1))

pdf(file.path(folder, "study.pdf"), width = 7, height = 5)
talks <- unique(wide$talk)
plot(range(wide$agents), 0:1, type = "n", xlab = "agents", ylab = "service level")
for (i in seq_along(talks)) {
  curve <- wide[wide$talk == talks[i], ]
  lines(curve$agents, curve$value.mean, type = "b", col = i + 1)
  segments(curve$agents, curve$value.ci95_lo, y1 = curve$value.ci95_hi, col = i + 1, lwd = 3)
}
legend("bottomright", paste("talk", talks, "s"), col = seq_along(talks) + 1, lty = 1)
invisible(dev.off())
