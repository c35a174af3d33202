// UnifiedText
