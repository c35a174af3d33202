// StructuralDiff
