"""The municipality's map: layers that components declare, read together by one UNION ALL."""
