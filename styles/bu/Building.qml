<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" attr="currentUse_currentUse" symbollevels="0">
    <categories>
      <category value="residential" symbol="0" label="Residential" render="true"/>
      <category value="individualResidence" symbol="0" label="Residential" render="true"/>
      <category value="collectiveResidence" symbol="0" label="Residential" render="true"/>
      <category value="twoDwellings" symbol="0" label="Residential" render="true"/>
      <category value="moreThanTwoDwelling" symbol="0" label="Residential" render="true"/>
      <category value="residenceForCommunities" symbol="0" label="Residential" render="true"/>
      <category value="agriculture" symbol="1" label="Agriculture" render="true"/>
      <category value="industrial" symbol="2" label="Industrial" render="true"/>
      <category value="commerceAndServices" symbol="3" label="Trade and services" render="true"/>
      <category value="trade" symbol="3" label="Trade and services" render="true"/>
      <category value="office" symbol="3" label="Trade and services" render="true"/>
      <category value="publicServices" symbol="4" label="Public services" render="true"/>
      <category value="ancillary" symbol="5" label="Ancillary" render="true"/>
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
