"""NGSI-LD as such (ETSI GS CIM 009 v1.9.1): what reading and writing entities share."""
