"""Reports: counted, given a foreword, published, shown."""
