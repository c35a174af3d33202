// ConfigDumpIndex
