/// The tables of what is the same: clusters of stories, related stories.
#pragma once

namespace dateline::archive {

/// Statements that add clusters and related stories to the tables of version 1.
const char* ClusterTables();
/// Statements that add what users correct to the tables of version 2.
const char* CorrectionTables();
/// Version 4: the views of both, on packed facts.
const char* PackedSameViews();
/// Version 7.
const char* ClusterDays();
/// Version 9.
const char* CorrectionIds();

}  // namespace dateline::archive
