"""What came into the project with a package, told in QGIS's Python."""

from qgis.core import QgsLayerTree, QgsProject


def told_of(ids):
    """The first group of the tree, and of the layers with these ids all that a package says."""
    project = QgsProject.instance()
    return {
        "tree": tree(project.layerTreeRoot().children()[0]),
        "layers": {
            one.name(): about(one) for key, one in project.mapLayers().items() if key in ids
        },
        "relations": sorted(
            [one.referencingLayer().name(), one.referencedLayer().name(), pairs(one)]
            for one in project.relationManager().relations().values()
            if one.referencingLayerId() in ids
        ),
    }


def tree(node):
    if QgsLayerTree.isLayer(node):
        return node.layer().name()
    return [node.name(), [tree(one) for one in node.children()]]


def about(layer):
    renderer, told = layer.renderer(), layer.metadata()
    widgets = {one.name(): one.editorWidgetSetup() for one in layer.fields()}
    referring = [
        one.config()["Relation"] for one in widgets.values() if one.type() == "RelationReference"
    ]
    return {
        "valid": layer.isValid(),
        "source": layer.source(),
        "features": layer.featureCount(),
        "crs": layer.crs().authid(),
        "renderer": renderer.type() if renderer else None,
        "labels": layer.labelsEnabled(),
        "title": told.title(),
        "licences": told.licenses(),
        "coded": sum(one.type() == "ValueMap" for one in widgets.values()),
        "referring": [
            QgsProject.instance().relationManager().relation(one).isValid() for one in referring
        ],
    }


def pairs(relation):
    """How many rows of the first ones referred to are found from there."""
    rows = list(relation.referencedLayer().getFeatures())[:5]
    return sum(len(list(relation.getRelatedFeatures(one))) for one in rows)
