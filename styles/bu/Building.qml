<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" attr="currentUse_currentUse" symbollevels="0">
    <categories>
      <category symbol="0" label="Residential" render="true">
        <val value="residential" type="string"/>
        <val value="individualResidence" type="string"/>
        <val value="collectiveResidence" type="string"/>
        <val value="twoDwellings" type="string"/>
        <val value="moreThanTwoDwelling" type="string"/>
        <val value="residenceForCommunities" type="string"/>
      </category>
      <category symbol="1" label="Agriculture" render="true">
        <val value="agriculture" type="string"/>
      </category>
      <category symbol="2" label="Industrial" render="true">
        <val value="industrial" type="string"/>
      </category>
      <category symbol="3" label="Trade and services" render="true">
        <val value="commerceAndServices" type="string"/>
        <val value="trade" type="string"/>
        <val value="office" type="string"/>
      </category>
      <category symbol="4" label="Public services" render="true">
        <val value="publicServices" type="string"/>
      </category>
      <category symbol="5" label="Ancillary" render="true">
        <val value="ancillary" type="string"/>
      </category>
      <category value="" symbol="6" label="other" render="true"/>
    </categories>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="232,178,124,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="107,97,85,255"/>
          <prop k="outline_width" v="0.16"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="185,201,138,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="107,97,85,255"/>
          <prop k="outline_width" v="0.16"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="2" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="183,166,201,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="107,97,85,255"/>
          <prop k="outline_width" v="0.16"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="3" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="224,138,138,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="107,97,85,255"/>
          <prop k="outline_width" v="0.16"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="4" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="127,178,207,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="107,97,85,255"/>
          <prop k="outline_width" v="0.16"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="5" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="207,202,195,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="107,97,85,255"/>
          <prop k="outline_width" v="0.16"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="6" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="216,207,196,255"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="107,97,85,255"/>
          <prop k="outline_width" v="0.16"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
</qgis>
